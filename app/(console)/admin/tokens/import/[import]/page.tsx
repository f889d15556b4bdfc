import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { rowsOfImport, viewTokenImport } from "#lib/campaign/tokens/import/view-token-import.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { DiscardForm } from "../../../staff-register/[import]/discard-form.tsx";
import { TOKEN_IMPORTS, TOKENS_PATH, tokenImportPath } from "../../paths.ts";
import { importTones } from "../tones.ts";
import { discard } from "./actions.ts";
import { ApplyForm } from "./apply-form.tsx";
import { BadTokensCard } from "./bad-tokens-card.tsx";
import { SamplesCard } from "./samples-card.tsx";

type PageProps = { params: Promise<{ import: string }> };

const SHOWN = 25;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hardwareTokens.import"))("title") };
}

/** One file: what it would register, what is wrong with it, and the way on. */
async function TokenImportPage({ params }: PageProps) {
  const { import: id } = await params;
  const [{ ctx }, language, t] = await Promise.all([
    requireOfficer(tokenImportPath(id), "register.import"),
    getLocale(),
    getTranslations("hardwareTokens"),
  ]);
  const file = (await viewTokenImport(ctx, id)) ?? notFound();
  const { bad, samples } = await rowsOfImport(ctx, id, file.state === "ready" ? SHOWN : 0);
  const { counts, state } = file;
  const { form } = messages[language];
  const kinds = ["new", "same", "bad", ...(counts.missed > 0 ? (["missed"] as const) : [])] as const;
  const isReady = state === "ready";
  const ended = file.endedAt && { at: formatDate(file.endedAt, language) };
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: TOKENS_PATH, name: t("heading") },
        { href: TOKEN_IMPORTS, name: t("import.heading") },
      ]}
      heading={file.fileName}
      lead={formatDate(file.uploadedAt, language)}
      beside={<Badge tone={importTones[state]}>{t(`import.states.${state}`)}</Badge>}
    >
      {state === "applied" && ended && (
        <Callout
          tone="ok"
          action={
            <p className="mt-3">
              <a href={TOKENS_PATH}>{t("import.register")}</a>
            </p>
          }
        >
          {t("import.appliedAt", ended)}
        </Callout>
      )}
      {state === "discarded" && ended && <Callout>{t("import.discardedAt", ended)}</Callout>}
      <section aria-labelledby="counts">
        <h2 id="counts" className="register-heading">
          {t(isReady ? "import.will" : "import.did")}
        </h2>
        <dl className="kpis">
          {kinds.map((kind) => (
            <div className="kpi card" key={kind}>
              <dt className="l">{t(`import.counts.${kind}`)}</dt>
              <dd className="v">{counts[kind].toLocaleString("en")}</dd>
            </div>
          ))}
        </dl>
        {counts.missed > 0 && <p className="hint mt-3">{t("import.missedText")}</p>}
      </section>
      {isReady && counts.new === 0 && <Callout>{t("import.nothing")}</Callout>}
      {isReady && counts.new > 0 && (
        <section className="card" aria-labelledby="apply">
          <h2 id="apply">{t("import.apply")}</h2>
          <p>{t("import.applyText", { count: counts.new })}</p>
          <ApplyForm
            id={id}
            words={{ submit: t("import.applySubmit", { count: counts.new }), busy: t("import.applying") }}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        </section>
      )}
      {samples.length > 0 && <SamplesCard samples={samples} language={language} />}
      {state !== "discarded" && <BadTokensCard id={id} rows={bad.slice(0, SHOWN)} total={bad.length} />}
      {isReady && (
        <div className="register-other">
          <DiscardForm action={discard} id={id} words={{ submit: t("import.discard"), busy: t("import.discarding") }} />
          <LinkButton variant="quiet" href={TOKEN_IMPORTS}>
            {t("import.heading")}
          </LinkButton>
        </div>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(TokenImportPage);
