import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { HOLD_AFTER_RECOVERY } from "#lib/account/hold-after-recovery.ts";
import { days, hours } from "#lib/kernel/time.ts";
import { MAILBOX_UNDO_LIFETIME } from "#lib/mail/letters.ts";
import { type RestoreShown, viewMailboxRestore } from "#lib/recovery/undo/restore-mailbox.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../../recover/link-end.tsx";
import { LinkQuestion } from "../../recover/link-question.tsx";
import { restore } from "./actions.ts";

const steps = ["back", "signOut", "disable", "choose"] as const;
const held = { hours: HOLD_AFTER_RECOVERY / hours(1) };

/** What the letter to the former official mailbox leads to where its owner did not change it. */
export async function RestoreMailbox({ token }: { token: string }) {
  const [t, ctx] = await Promise.all([getTranslations("mailboxChange.restore"), currentContext()]);
  const link = await viewMailboxRestore(ctx, token);
  if (link.ok) return <ChangeToUndo change={link.value} />;
  const why = link.error;
  const words = { heading: t(`${why}.heading`), text: t(`${why}.text`, { days: MAILBOX_UNDO_LIFETIME / days(1) }) };
  return <LinkEnd words={words} done={why === "used"} next={{ href: "/sign-in", words: t("signIn") }} />;
}

async function ChangeToUndo({ change: { mailbox, at, device, again } }: { change: RestoreShown }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("mailboxChange.restore")]);
  return (
    <LinkQuestion
      heading={t(again ? "againHeading" : "heading")}
      lead={t(again ? "againLead" : "lead")}
      which={t("which")}
      facts={[
        [t("address"), <MailAddress key="address" address={mailbox} />],
        [t("when"), formatDate(at, language)],
        ...(device ? [[t("device"), deviceIn(language, device)] as const] : []),
      ]}
      what={again ? undefined : { heading: t("what"), steps: steps.map((step) => t(`steps.${step}`, held)) }}
      mine={again ? undefined : t("mine")}
    >
      <form action={restore} className="actions">
        <Submit variant={again ? "primary" : "danger"} busy={t("busy")}>
          {t(again ? "continue" : "button")}
        </Submit>
      </form>
    </LinkQuestion>
  );
}
