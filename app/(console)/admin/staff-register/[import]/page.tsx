import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { foreseeChanges } from "#lib/staff-register/import/foresee-changes.ts";
import { badRows, sampleRows, viewImport } from "#lib/staff-register/import/view-import.ts";
import { foreseeSuspensions } from "#lib/staff-register/leavers/foresee-suspensions.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { ImportState } from "../import-state.tsx";
import { importPath, REGISTER } from "../paths.ts";
import { discard } from "./actions.ts";
import { ApplyCard } from "./apply-card.tsx";
import { BadRowsCard } from "./bad-rows-card.tsx";
import { CountsCard } from "./counts-card.tsx";
import { DiscardForm } from "./discard-form.tsx";
import { SamplesCard } from "./samples-card.tsx";
import { SuspensionsCard } from "./suspensions-card.tsx";
import { UnderWay } from "./under-way.tsx";

type PageProps = { params: Promise<{ import: string }> };

const SHOWN = 10;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staffRegister"))("import.title") };
}

/** One file: how far it has come, what it would do, what is wrong with it, and the way on. */
async function ImportPage({ params }: PageProps) {
  const { import: id } = await params;
  const [{ ctx, officer }, language, t, common] = await Promise.all([
    requireOfficer(importPath(id), "admin.view"),
    getLocale(),
    getTranslations("staffRegister"),
    getTranslations("console"),
  ]);
  const file = (await viewImport(ctx, id)) ?? notFound();
  const [samples, bad, suspensions, changes] = await Promise.all([
    file.state === "ready" ? sampleRows(ctx, id, SHOWN) : [],
    file.counts ? badRows(ctx, id, 0, SHOWN) : [],
    foreseeSuspensions(ctx, file),
    file.state === "ready" && foreseeChanges(ctx, file),
  ]);
  const mayImport = holds(officer, "register.import");
  const isOpen = ["columns", "ready"].includes(file.state);
  return (
    <ConsoleFrame
      here="admin"
      above={[
        { href: "/admin", name: common("tabs.admin") },
        { href: REGISTER, name: t("heading") },
      ]}
      heading={file.fileName}
      lead={formatDate(file.uploadedAt, language)}
      beside={<ImportState state={file.state} />}
    >
      <UnderWay file={file} />
      {file.state === "refused" && file.refusal && (
        <Callout tone="bad">
          <p>
            <strong>{t("import.refused")}</strong>
          </p>
          <p>{t(`file.${file.refusal}`)}</p>
        </Callout>
      )}
      {file.state === "columns" && mayImport && (
        <Callout tone="warn" action={<LinkButton href={`${importPath(id)}/columns`}>{t("import.columns")}</LinkButton>}>
          {t("columns.lead")}
        </Callout>
      )}
      {file.endedAt && file.state === "applied" && (
        <Callout tone="ok">{t("import.applied", { at: formatDate(file.endedAt, language) })}</Callout>
      )}
      {file.endedAt && file.state === "discarded" && (
        <Callout>{t("import.discarded", { at: formatDate(file.endedAt, language) })}</Callout>
      )}
      {file.counts && file.state !== "applying" && (
        <CountsCard counts={file.counts} isDone={file.state === "applied"} isWhole={file.isWhole} />
      )}
      {suspensions.length > 0 && <SuspensionsCard on={suspensions} isDone={file.state === "applied"} />}
      {file.state === "ready" && !changes && <Callout>{t("apply.nothing")}</Callout>}
      {changes && mayImport && file.counts && <ApplyCard id={id} counts={file.counts} suspensions={suspensions} />}
      {samples.length > 0 && <SamplesCard samples={samples} language={language} />}
      {file.counts && file.state !== "discarded" && <BadRowsCard id={id} rows={bad} total={file.counts.bad} />}
      {isOpen && mayImport && (
        <div className="register-other">
          {file.state === "ready" && (
            <LinkButton variant="second" href={`${importPath(id)}/columns`}>
              {t("import.columns")}
            </LinkButton>
          )}
          <DiscardForm action={discard} id={id} words={{ submit: t("import.discard"), busy: t("import.discarding") }} />
        </div>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(ImportPage);
