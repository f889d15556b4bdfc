import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Table } from "#components/ui/table.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { SystemRoleShown, SystemRoleState } from "#lib/helpdesk/systems/list-system-roles.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { endSystemRolePath } from "../paths.ts";

const tones: Partial<Record<SystemRoleState, Tone>> = { held: "ok", coming: "info", idle: "warn" };

type TableProps = {
  roles: readonly SystemRoleShown[];
  account: string;
  /** Whether whoever looks may end them. */
  may: boolean;
  language: Language;
};

/** Roles in other systems, those in force before those that ended, each with its days and who gave it. */
export async function SystemRolesTable({ roles, account, may, language }: TableProps) {
  const t = await getTranslations("systemRoles");
  if (roles.length === 0)
    return (
      <div className="empty">
        <h2>{t("none")}</h2>
        <p>{t("noneText")}</p>
      </div>
    );
  const ends = may && roles.some(({ state }) => state !== "ended");
  const periodOf = ({ from, until }: SystemRoleShown) =>
    until
      ? t("period", { from: formatDay(from, language), until: formatDay(new Date(until.getTime() - 1), language) })
      : t("periodOpen", { from: formatDay(from, language) });
  const noteOf = ({ state, grantedBy, endedBy, endedAt }: SystemRoleShown) => {
    if (state === "idle") return t("idleNote");
    if (state !== "ended" || !endedAt) return grantedBy && t("grantedBy", { name: grantedBy });
    return [t("endedOn", { at: formatDay(endedAt, language) }), endedBy && t("endedBy", { name: endedBy })]
      .filter(Boolean)
      .join(" · ");
  };
  return (
    <section className="card" aria-labelledby="held">
      <h2 id="held">{t("held")}</h2>
      <Table
        heads={[
          ...(["system", "role", "period", "state"] as const).map((column) => t(`columns.${column}`)),
          ...(ends ? [t("columns.action")] : []),
        ]}
        rows={roles.map((role) => {
          const name = language === "ms" ? role.nameMs : role.nameEn;
          return {
            key: role.id,
            cells: [
              role.system,
              name,
              <span key="period">
                {periodOf(role)}
                {noteOf(role) && <span className="muted block">{noteOf(role)}</span>}
              </span>,
              <Badge key="state" tone={tones[role.state]}>
                {t(`state.${role.state}`)}
              </Badge>,
              ...(ends
                ? [
                    role.state !== "ended" && (
                      <LinkButton key="end" small variant="second" href={endSystemRolePath(account, role.id)}>
                        {t("end")}
                        <span className="sr">
                          : {name}, {role.system}
                        </span>
                      </LinkButton>
                    ),
                  ]
                : []),
            ],
          };
        })}
      />
    </section>
  );
}
