import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { holds } from "#lib/office/roles/rights.ts";
import { config } from "#lib/server/config.ts";
import { offeredOffices } from "#lib/server/offices.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { countInvited, latestRound } from "#lib/staff-register/invitations/run-round.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { REGISTER } from "../paths.ts";
import { RoundCard } from "./round-card.tsx";
import { StartForm } from "./start-form.tsx";

const PATH = `${REGISTER}/invitations`;
const dones = ["started", "paused", "resumed", "stopped"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("invitations"))("title") };
}

/** Letters to people who may activate: who would get one, the round that runs, and how far it has come. */
async function InvitationsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, officer }, language, t, register, common, offices, { done }] = await Promise.all([
    requireOfficer(PATH, "admin.view"),
    getLocale(),
    getTranslations("invitations"),
    getTranslations("staffRegister"),
    getTranslations("console"),
    offeredOffices(),
    searchParams,
  ]);
  const [round, people] = await Promise.all([
    latestRound(ctx),
    countInvited(ctx.db, { who: "never", officeId: null }, ctx.now()),
  ]);
  const told = dones.find((one) => one === done);
  const isOpen = round?.state === "running" || round?.state === "paused";
  const mayInvite = holds(officer, "register.invite");
  const { form, invitations } = messages[language];
  const { who, never, waiting, office, all, submit, submitting } = invitations.start;
  return (
    <ConsoleFrame
      here="admin"
      above={[
        { href: "/admin", name: common("tabs.admin") },
        { href: REGISTER, name: register("heading") },
      ]}
      heading={t("heading")}
      lead={t("lead")}
    >
      {told && <Done words={t(`done.${told}`)} />}
      {round ? (
        <RoundCard round={round} language={language} perMinute={config().mail.perMinute} mayInvite={mayInvite} />
      ) : (
        <div className="empty">
          <h2>{t("none")}</h2>
          <p>{t("noneText")}</p>
        </div>
      )}
      {mayInvite && !isOpen && (
        <section className="card" aria-labelledby="start">
          <h2 id="start">{t("start.heading")}</h2>
          <p>{t("people", { count: people })}</p>
          <StartForm
            words={{ who, never, waiting, office, all, submit, submitting }}
            offices={offices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        </section>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(InvitationsPage);
