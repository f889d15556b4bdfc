import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CallHelpdesk } from "./call-helpdesk.tsx";

type Door = { href: string; words: string };

type LinkEndProps = {
  words: { heading: string; text: string };
  /** All is done; otherwise it went wrong, or took too long. */
  done: boolean;
  /** The way on; where only the helpdesk can help, telephoning is, and this comes second. */
  next: Door;
  call?: boolean;
};

/** A mailed link, or the time it opened, that leads no further: what happened, and the way on. */
export async function LinkEnd({ words, done, next, call = false }: LinkEndProps) {
  const t = await getTranslations("recover");
  const phone = config().agency.helpdeskPhone;
  return (
    <SignInPanel wide under={!call && <CallHelpdesk />}>
      <div className="heading-chip">
        <Chip tone={done ? "ok" : "warn"} icon={done ? "tick-circle" : "clock"} />
        <h1>{words.heading}</h1>
      </div>
      <p className="lead">{words.text}</p>
      <div className="actions">
        {call && (
          <LinkButton icon="phone" href={telephoneHref(phone)}>
            {t("callButton", { phone })}
          </LinkButton>
        )}
        <LinkButton variant={call ? "quiet" : "primary"} href={next.href}>
          {next.words}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}
