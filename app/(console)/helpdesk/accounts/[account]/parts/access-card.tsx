import type { ReactNode } from "react";
import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, saidAt, type Words } from "../../../said.ts";

/** What opens the account, what holds it back, and where it is open now. */
export async function AccessCard({ facts, ...words }: Words & { facts: AccountFacts }) {
  const t = await getTranslations("diagnosis.access");
  const { password, passkeys, totp, google, sessions, pauses, codesPausedUntil } = facts;
  const said = (at: Date) => saidAt(at, words);
  const used = (at: Date | null) => (at ? t("used", { at: said(at) }) : t("unused"));
  const paused = pauses.flatMap(({ pausedUntil }) => (pausedUntil && pausedUntil > words.now ? [pausedUntil] : []));
  return (
    <section className="card" aria-labelledby="access">
      <h2 className="h3" id="access">
        {t("heading")}
      </h2>
      <dl className="facts in-columns">
        <Way name={t("password")}>
          {!password
            ? t("none")
            : password.disabledAt
              ? t("disabled", { at: said(password.disabledAt) })
              : t("set", { at: said(password.setAt) })}
          {pauses.map(({ device, failures }) => (
            <Note key={device ?? ""}>
              {t("wrong", { n: failures, device: device ? deviceIn(words.language, device) : t("unknownBrowser") })}
            </Note>
          ))}
          {paused[0] && <Note>{t("waits", { at: said(paused[0]) })}</Note>}
        </Way>
        <Way name={t("passkeys")}>
          {passkeys.length === 0
            ? t("none")
            : passkeys.map(({ id, name, lastUsedAt }) => (
                <span className="line" key={id}>
                  {name}, {used(lastUsedAt)}
                </span>
              ))}
        </Way>
        <Way name={t("totp")}>
          {totp ? capital(used(totp.lastUsedAt)) : t("none")}
          {codesPausedUntil && codesPausedUntil > words.now && (
            <Note>{t("waits", { at: said(codesPausedUntil) })}</Note>
          )}
        </Way>
        <Way name={t("emailCode")}>{t(facts.emailCodeOn && facts.officialEmailVerifiedAt ? "on" : "off")}</Way>
        <Way name={t("recoveryCodes")}>
          {facts.recoveryCodesLeft > 0 ? t("left", { n: facts.recoveryCodesLeft }) : t("none")}
        </Way>
        <Way name={t("questions")}>{facts.questions > 0 ? t("chosen", { n: facts.questions }) : t("none")}</Way>
        {google && <Way name={t("google")}>{capital(used(google.lastUsedAt))}</Way>}
        <Way name={t("twoFactors")}>{t(facts.asksTwoFactors ? "on" : "off")}</Way>
        <Way name={t("sessions")}>
          {sessions.length === 0
            ? t("noSession")
            : sessions.map(({ id, device, lastSeenAt }) => (
                <span className="line" key={id}>
                  {t("session", { device: deviceIn(words.language, device), at: said(lastSeenAt) })}
                </span>
              ))}
        </Way>
      </dl>
    </section>
  );
}

function Way({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const Note = ({ children }: { children: ReactNode }) => <span className="line note">{children}</span>;
