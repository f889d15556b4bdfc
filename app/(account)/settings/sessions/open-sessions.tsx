import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { assuranceOf, type Proof } from "#lib/assurance/assurance.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { OpenSession } from "#lib/session/list-sessions.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { deviceIcon } from "../device-icon.ts";
import { signOutOne, signOutOthers } from "./actions.ts";

type OpenSessionsProps = { sessions: readonly OpenSession[]; now: Date; language: Language };

/** Where one is signed in: since when, how, and the way out of it. */
export async function OpenSessions({ sessions, now, language }: OpenSessionsProps) {
  const t = await getTranslations("sessions");
  const near = (at: Date) => formatNear(at, now, language);
  return (
    <section className="card" aria-labelledby="open">
      <div className="card-head">
        <h2 className="h3" id="open">
          {t("open")}
        </h2>
        {sessions.length > 1 && (
          <form action={signOutOthers}>
            <Submit variant="second" small icon="logout" busy={t("signingOut")}>
              {t("signOutOthers")}
            </Submit>
          </form>
        )}
      </div>
      <ul>
        {sessions.map(({ id, device, createdAt, lastSeenAt, proofs, here }) => (
          <li key={id} className="item">
            <Chip icon={deviceIcon(device)} tone="plain" />
            <div>
              <p className="what">
                {deviceIn(language, device)}
                {here && <Badge tone="ok">{t("here")}</Badge>}
              </p>
              <p className="meta">
                <span>{here ? t("activeNow") : t("activeAt", { at: near(lastSeenAt) })}</span>
                <span>{t("since", { at: near(createdAt) })}</span>
              </p>
              <p className="meta">
                <span>
                  <How proofs={proofs} language={language} />
                </span>
              </p>
            </div>
            {!here && (
              <form action={signOutOne} className="do">
                <input type="hidden" name="sessionId" value={id} />
                <Submit variant="quiet" small busy={t("signingOut")}>
                  {t("signOut")}
                  <span className="sr">
                    : {deviceIn(language, device)}, {t("activeAt", { at: near(lastSeenAt) })}
                  </span>
                </Submit>
              </form>
            )}
          </li>
        ))}
      </ul>
      <p className="more">
        {t.rich("notYou", {
          a: (words) => <a href="/settings/activity?show=sign_in">{words}</a>,
          lock: (words) => <a href="/settings/lock">{words}</a>,
        })}
      </p>
    </section>
  );
}

/** "Dengan kata laluan dan OTP App, dua faktor". */
async function How({ proofs, language }: { proofs: readonly Proof[]; language: Language }) {
  const t = await getTranslations("sessions");
  const ways = [...new Set(proofs.map(({ factor }) => t(`ways.${factor}`)))];
  const level = assuranceOf(proofs) ?? "aal1";
  return t("how", {
    ways: new Intl.ListFormat(language, { type: "conjunction" }).format(ways),
    level: t(`levels.${level}`),
  });
}
