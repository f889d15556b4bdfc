import { getTranslations } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import type { AccessRequestView } from "#lib/helpdesk/systems/find-access-request.ts";
import type { AssignableRole } from "#lib/helpdesk/systems/list-assignable.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { accessRequestPath } from "../../accounts/[account]/paths.ts";
import { ApproveForm, RefuseForm } from "./forms.tsx";

type DecisionsProps = {
  seen: AccessRequestView;
  /** Those that can be given, and are not held. */
  roles: readonly AssignableRole[];
  now: Date;
  language: Language;
};

/** What whoever looks can decide on an open request, or why they cannot. */
export async function Decisions({ seen, roles, now, language }: DecisionsProps) {
  const [t, typed] = await Promise.all([getTranslations("systemRoles"), typedBefore(accessRequestPath(seen.id))]);
  const { systemRoles, console: desk, form } = messages[language];
  const summary = { one: form.errorOne, many: form.errorMany };
  const { person, system } = seen;
  if (!seen.may) return <Callout>{t(seen.own ? "access.own" : "access.outranked")}</Callout>;
  const over = !person.confirmed || ["suspended", "closed"].includes(person.status);
  const bar = over
    ? t("notConfirmed")
    : !system.inUse
      ? t("access.disabled")
      : roles.length === 0
        ? t("access.noRoles")
        : null;
  return (
    <>
      {bar ? (
        <Callout tone="warn">{bar}</Callout>
      ) : (
        <ApproveForm
          request={seen.id}
          typed={typed ?? {}}
          step={systemRoles.access.approve}
          today={dayOf(now)}
          words={systemRoles.give}
          reason={desk.reason}
          roles={roles.map((role) => ({ value: role.id, label: language === "ms" ? role.nameMs : role.nameEn }))}
          summary={summary}
        />
      )}
      <RefuseForm request={seen.id} typed={typed?.answer} step={systemRoles.access.refuse} summary={summary} />
    </>
  );
}
