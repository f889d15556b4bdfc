import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { PhoneLink } from "#components/ui/phone-link.tsx";
import { type Enrolled, hasWayIn } from "#lib/assurance/enrolled.ts";
import type { EmailCodeSetting } from "#lib/authenticators/email-code/current-email-code.ts";
import { withoutEmailCode } from "#lib/authenticators/email-code/switch-email-code.ts";
import type { Policy } from "#lib/kernel/context.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { WaysLeft } from "../ways-left/list.tsx";
import { switchOff, switchOn } from "./actions.ts";

type SwitchCardProps = { setting: EmailCodeSetting; policy: Pick<Policy, "twoFactors"> };

/** Which mailbox, whether codes go there, and the one button that changes it. */
export async function SwitchCard({ setting, policy }: SwitchCardProps) {
  const t = await getTranslations("emailCode.settings");
  const { mailbox, verified, on, enrolled } = setting;
  return (
    <section className="card" aria-labelledby="mailbox">
      <h2 className="h3" id="mailbox">
        {t("mailbox")}
      </h2>
      <ul>
        <li className="item">
          <span className="chip plain">
            <Icon name="otp-mail" />
          </span>
          <div>
            <p className="what">
              <MailAddress address={mailbox} />
              {on && verified ? (
                <Badge tone="ok" icon="check">
                  {t("isOn")}
                </Badge>
              ) : (
                <Badge>{t("isOff")}</Badge>
              )}
            </p>
            <p className="meta">{t(verified ? "verified" : "unverified")}</p>
          </div>
        </li>
      </ul>
      {verified ? (
        <>
          {on && <AfterOff left={withoutEmailCode(enrolled)} policy={policy} />}
          <form action={on ? switchOff : switchOn} className="actions">
            <Submit variant={on ? "danger" : "primary"} busy={t("saving")}>
              {t(on ? "switchOff" : "switchOn")}
            </Submit>
          </form>
        </>
      ) : (
        <div className="mt-4">
          <Callout tone="warn">
            <p>
              {t("verifyFirst")} <PhoneLink phone={config().agency.helpdeskPhone} plain />
            </p>
          </Callout>
        </div>
      )}
    </section>
  );
}

type AfterOffProps = { left: Enrolled; policy: Pick<Policy, "twoFactors"> };

async function AfterOff({ left, policy }: AfterOffProps) {
  const t = await getTranslations("emailCode.settings");
  if (!hasWayIn(left)) return <p className="mt-4">{t("onlyWay")}</p>;
  return (
    <>
      <p className="mt-4">{t("ends")}</p>
      <WaysLeft left={left} policy={policy} />
    </>
  );
}
