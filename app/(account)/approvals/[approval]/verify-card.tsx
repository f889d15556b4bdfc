import { STATEMENT_TYP } from "#lib/relying-party/approval/statement/make-statement.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** How anybody verifies a statement, with no help of this portal but its public keys. */
export async function VerifyCard({ origin, digest }: { origin: string; digest: string }) {
  const t = await getTranslations("approvals.verify");
  const keys = `${origin}/oidc/statement-keys`;
  return (
    <section className="card" aria-labelledby="verify">
      <h2 className="h4" id="verify">
        {t("heading")}
      </h2>
      <p>{t("text")}</p>
      <ol className="approval-steps">
        <li>{t("download")}</li>
        <li>
          {t("keys")} <a href={keys}>{keys}</a>
        </li>
        <li>{t.rich("check", { typ: STATEMENT_TYP, code: (part) => <code>{part}</code> })}</li>
        <li>
          {t("digest")} <code>{digest}</code>
        </li>
      </ol>
    </section>
  );
}
