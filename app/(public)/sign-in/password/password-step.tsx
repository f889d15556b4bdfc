import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import type { UnderWay } from "#lib/sign-in/current-ceremony.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { PasswordForm } from "./form.tsx";
import { PhraseForm } from "./phrase-form.tsx";

type Props = {
  phrase: UnderWay["phrase"];
  /** Of the button, where it does not sign in. */
  submit?: string;
  /** The heading. */
  children: ReactNode;
};

/**
 * Asks for the password, after the person has said that the phrase they see is theirs. Where none is shown everybody
 * reads the same reason, which fits them all: a browser that is new, a number nobody has, an account without a phrase.
 */
export async function PasswordStep({ phrase, submit, children }: Props) {
  const { form, signIn, securityPhrase } = messages[await getLocale()];
  const summary = { one: form.errorOne, many: form.errorMany };
  const words = { ...signIn.password, submit: submit ?? signIn.password.submit };
  if (!phrase)
    return (
      <PasswordForm words={words} summary={summary}>
        {children}
        <NotShown />
      </PasswordForm>
    );
  if (!phrase.confirmed)
    return (
      <PhraseForm words={securityPhrase.signIn} summary={summary} heading={children} notMine={<NotMine />}>
        <Phrase words={phrase.words} />
      </PhraseForm>
    );
  return (
    <PasswordForm words={words} summary={summary} isNext>
      {children}
      <div className="field">
        <Phrase words={phrase.words} />
        <p className="mine">
          <Icon name="check" small />
          {securityPhrase.signIn.confirmed}
        </p>
        <NotMine />
      </div>
    </PasswordForm>
  );
}

async function Phrase({ words }: { words: string }) {
  const t = await getTranslations("securityPhrase.signIn");
  return (
    <p className="phrase" id="phrase">
      <span className="muted">{t("yours")}</span>
      <q dir="auto">{words}</q>
    </p>
  );
}

async function NotMine() {
  const t = await getTranslations("securityPhrase.signIn");
  const { helpdeskPhone } = config().agency;
  return (
    <p className="not-mine">
      {t.rich("notMine", {
        phone: helpdeskPhone,
        b: (words) => <strong>{words}</strong>,
        a: (words) => (
          <a className="nowrap" href={telephoneHref(helpdeskPhone)}>
            {words}
          </a>
        ),
      })}
    </p>
  );
}

async function NotShown() {
  const t = await getTranslations("securityPhrase.signIn");
  return (
    <p className="not-shown">
      {t.rich("notShown", {
        host: new URL(config().origin).host,
        b: (words) => <strong>{words}</strong>,
      })}
    </p>
  );
}
