import type { OwnToken } from "#lib/campaign/tokens/register/list-own-tokens.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The tokens that are replaced, and what becomes of each. Nothing for whoever never had one. */
export async function TokensCard({ tokens }: { tokens: readonly OwnToken[] }) {
  if (tokens.length === 0) return null;
  const t = await getTranslations("move.tokens");
  return (
    <section className="card" aria-labelledby="tokens">
      <h2 className="h4 mb-3" id="tokens">
        {t("heading")}
      </h2>
      <ul className="move-tokens">
        {tokens.map(({ id, serial, state }) => (
          <li key={id}>
            <strong>{serial}</strong>
            <span className="muted">{t(`state.${state}`)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3">
        <a href="/settings/hardware-tokens">{t("all")}</a>
      </p>
    </section>
  );
}
