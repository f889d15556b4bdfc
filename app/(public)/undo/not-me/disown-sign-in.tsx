import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { days } from "#lib/kernel/time.ts";
import { NOT_ME_LIFETIME } from "#lib/mail/letters.ts";
import { type SignInShown, viewDisownedSignIn } from "#lib/recovery/undo/disown-sign-in.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../../recover/link-end.tsx";
import { LinkQuestion } from "../../recover/link-question.tsx";
import { disown } from "./actions.ts";

const steps = ["signOut", "disable", "revoke", "choose"] as const;

/** What the letter on a new browser leads to where it was not its owner's. */
export async function DisownSignIn({ token }: { token: string }) {
  const [t, ctx] = await Promise.all([getTranslations("undo"), currentContext()]);
  const link = await viewDisownedSignIn(ctx, token);
  if (link.ok) return <SignInToDisown signIn={link.value} />;
  const why = link.error;
  const words = { heading: t(`${why}.heading`), text: t(`${why}.text`, { days: NOT_ME_LIFETIME / days(1) }) };
  return <LinkEnd words={words} done={why === "used"} next={{ href: "/sign-in", words: t("signIn") }} />;
}

async function SignInToDisown({ signIn: { at, device, again } }: { signIn: SignInShown }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("undo")]);
  return (
    <LinkQuestion
      heading={t(again ? "againHeading" : "heading")}
      lead={t(again ? "againLead" : "lead")}
      which={t("which")}
      facts={[
        [t("when"), formatDate(at, language)],
        [t("device"), deviceIn(language, device)],
      ]}
      what={again ? undefined : { heading: t("what"), steps: steps.map((step) => t(`steps.${step}`)) }}
      mine={again ? undefined : t("mine")}
    >
      <form action={disown} className="actions">
        <Submit variant={again ? "primary" : "danger"} busy={t("busy")}>
          {t(again ? "continue" : "button")}
        </Submit>
      </form>
    </LinkQuestion>
  );
}
