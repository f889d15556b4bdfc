import { Callout } from "#components/ui/callout.tsx";
import type { AccessRequestView } from "#lib/helpdesk/systems/find-access-request.ts";
import type { AssignableRole } from "#lib/helpdesk/systems/list-assignable.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { accessRequestPath } from "../../accounts/[account]/paths.ts";
import { ApproveForm, RefuseForm } from "./forms.tsx";

type DecisionProps = { seen: AccessRequestView; language: Language };

type ApprovalProps = DecisionProps & {
  /** Those that can be given, and are not held. */
  roles: readonly AssignableRole[];
  now: Date;
};

/** The roles that an open request may be granted as, or why it cannot be. */
export async function Approval({ seen, roles, now, language }: ApprovalProps) {
  const [t, typed] = await Promise.all([getTranslations("systemRoles"), typedBefore(accessRequestPath(seen.id))]);
  const { systemRoles, console: desk, form } = messages[language];
  const { person, system } = seen;
  if (!seen.may) return <Callout>{t(seen.own ? "access.own" : "access.outranked")}</Callout>;
  if (!person.confirmed || ["suspended", "closed"].includes(person.status))
    return <Callout tone="warn">{t("notConfirmed")}</Callout>;
  if (!system.inUse) return <Callout tone="warn">{t("access.disabled")}</Callout>;
  if (roles.length === 0) return <Callout tone="warn">{t("access.noRoles")}</Callout>;
  return (
    <ApproveForm
      request={seen.id}
      typed={typed ?? {}}
      step={systemRoles.access.approve}
      today={dayOf(now)}
      words={systemRoles.give}
      reason={desk.reason}
      roles={roles.map((role) => ({ value: role.id, label: language === "ms" ? role.nameMs : role.nameEn }))}
      summary={{ one: form.errorOne, many: form.errorMany }}
    />
  );
}

/** The other way to decide it, with what whoever asked is told. */
export async function Refusal({ seen, language }: DecisionProps) {
  const typed = await typedBefore(accessRequestPath(seen.id));
  const { systemRoles, form } = messages[language];
  return (
    <RefuseForm
      request={seen.id}
      typed={typed?.answer}
      step={systemRoles.access.refuse}
      summary={{ one: form.errorOne, many: form.errorMany }}
    />
  );
}
