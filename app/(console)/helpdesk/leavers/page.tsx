import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { listLeavers } from "#lib/staff-register/leavers/list-leavers.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../console-frame.tsx";
import { orMissing } from "../../or-missing.tsx";
import { LeaversForm } from "./form.tsx";

const PATH = "/helpdesk/leavers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staffRegister"))("leavers.title") };
}

const countOf = (value: unknown): number => (typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : 0);

/** People whom the register no longer names, or whose last day is known, in the officer's offices. */
async function LeaversPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, officer }, language, t, common, { after, done, left }] = await Promise.all([
    requireOfficer(PATH, "leaver.decide"),
    getLocale(),
    getTranslations("staffRegister.leavers"),
    getTranslations("console"),
    searchParams,
  ]);
  const { leavers, next } = await listLeavers(ctx, officer, typeof after === "string" ? after : null);
  const { form, staffRegister, console } = messages[language];
  const { suspend, suspending, keep, keeping, person, office, why, when, chosen, hasRole } = staffRegister.leavers;
  return (
    <ConsoleFrame
      here="work"
      above={[{ href: "/helpdesk/work", name: common("tabs.work") }]}
      heading={t("heading")}
      lead={t("lead")}
    >
      {done !== undefined && <Done words={t("done", { done: countOf(done), left: countOf(left) })} />}
      {leavers.length === 0 ? (
        <div className="empty">
          <h2>{t("empty")}</h2>
          <p>{t("emptyText")}</p>
        </div>
      ) : (
        <LeaversForm
          words={{ suspend, suspending, keep, keeping, person, office, why, when, chosen, hasRole }}
          reason={console.reason}
          summary={{ one: form.errorOne, many: form.errorMany }}
          leavers={leavers.map((leaver) => ({
            id: leaver.id,
            name: leaver.fullName,
            href: `/helpdesk/accounts/${leaver.accountId}`,
            identity: leaver.identity,
            office: leaver.office,
            hasRole: leaver.hasRole,
            select: t("select", { name: leaver.fullName }),
            why:
              leaver.why === "ended" && leaver.leavesOn
                ? t("ended", { at: formatDay(beginningOf(leaver.leavesOn), language) })
                : t("missing", { at: formatDay(leaver.proposedAt, language) }),
            when: leaver.suspendsAt && !leaver.hasRole ? formatDay(leaver.suspendsAt, language) : t("byHand"),
          }))}
        />
      )}
      {next && (
        <p className="register-other">
          <LinkButton variant="second" href={`${PATH}?after=${next}`}>
            {t("next")}
          </LinkButton>
        </p>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(LeaversPage);
