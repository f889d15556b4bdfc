import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { SystemMark } from "#components/ui/system-mark.tsx";
import type { Language } from "#lib/kernel/context.ts";
import type { ConnectedSystem, HeldRole } from "#lib/relying-party/connected/list-connected-systems.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDay, formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { endSystem } from "./actions.ts";

/** Of what a system may be told, what has words of its own, in their order. */
const told = ["profile", "email", "roles", "openid"] as const;

type SystemRowProps = { system: ConnectedSystem; now: Date; language: Language };

/** What stands between the person and one system, and the way to end it. */
export async function SystemRow({ system, now, language }: SystemRowProps) {
  const t = await getTranslations("systems");
  const { name, signedIn, consent, roles, lastUsedAt } = system;
  const isSignedIn = signedIn.length > 0;
  const scopes = new Set([...system.scopes, ...(consent?.scopes ?? [])]);
  const tells = told.filter((scope) => scopes.has(scope)).map((scope) => t(`scopes.${scope}`));
  const all = (parts: string[]) => new Intl.ListFormat(language, { type: "conjunction" }).format(parts);
  return (
    <li className="item connected">
      <SystemMark system={system} />
      <div>
        <p className="what">
          {name}
          {isSignedIn && <Badge tone="ok">{t("signedIn")}</Badge>}
          {system.disabled && <Badge tone="warn">{t("disabled")}</Badge>}
          {!system.disabled && !system.mayOpen && <Badge tone="warn">{t("noAccess")}</Badge>}
        </p>
        <p className="meta">
          <span>{lastUsedAt ? t("lastUsed", { at: formatNear(lastUsedAt, now, language) }) : t("neverUsed")}</span>
        </p>
        <dl className="given">
          {isSignedIn && (
            <div>
              <dt>{t("from")}</dt>
              {signedIn.map(({ device, startedAt, here }) => (
                <dd key={`${startedAt.getTime()} ${device}`}>
                  {t(here ? "fromHere" : "fromThere", {
                    device: device === null ? t("unknownDevice") : deviceIn(language, device),
                    at: formatNear(startedAt, now, language),
                  })}
                </dd>
              ))}
            </div>
          )}
          {roles.length > 0 && (
            <div>
              <dt>{t("roles", { count: roles.length })}</dt>
              {roles.map((role) => (
                <dd key={`${role.nameMs} ${role.nameEn}`}>
                  <Role role={role} now={now} language={language} />
                </dd>
              ))}
            </div>
          )}
          {tells.length > 0 && (
            <div>
              <dt>{t(isSignedIn || consent ? "told" : "wasTold")}</dt>
              <dd>{all(tells)}</dd>
            </div>
          )}
          {consent && (
            <div>
              <dt>{t("consent")}</dt>
              <dd>{t("consentGiven", { at: formatDay(consent.givenAt, language) })}</dd>
            </div>
          )}
        </dl>
        {isSignedIn && !system.toldOfSignOut && <p className="muted">{t("notTold")}</p>}
      </div>
      {(isSignedIn || consent) && (
        <form action={endSystem} className="do">
          <input type="hidden" name="systemId" value={system.id} />
          <Submit variant="quiet" small busy={t("ending")}>
            {t(consent ? "withdraw" : "signOut")}
            <span className="sr">: {name}</span>
          </Submit>
        </form>
      )}
    </li>
  );
}

async function Role({ role, now, language }: { role: HeldRole; now: Date; language: Language }) {
  const t = await getTranslations("systems");
  const name = language === "en" ? role.nameEn : role.nameMs;
  if (role.fromAt > now) return t("roleFrom", { name, at: formatDay(role.fromAt, language) });
  return role.untilAt ? t("roleUntil", { name, at: formatDay(role.untilAt, language) }) : name;
}
