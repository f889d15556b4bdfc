import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { domainsOfAccount } from "#lib/account/mailbox/domains-of-owner.ts";
import { callerVerified } from "#lib/helpdesk/caller-check/caller-verified.ts";
import { suggestMailbox } from "#lib/helpdesk/diagnosis/suggest-mailbox.ts";
import { findPerson, type Person } from "#lib/helpdesk/find-person.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { accountPath, actionPages, actionPath, callerPath } from "../paths.ts";
import { PersonFrame } from "../person-frame.tsx";
import { type Deed, type DeedName, deedOf, deeds } from "./deeds.ts";
import { DeedForm } from "./form.tsx";

type PageProps = { params: Promise<{ account: string; action: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const name = deedOf((await params).action);
  return name ? { title: (await getTranslations("actions"))(`deeds.${name}.title`) } : {};
}

/** One thing that is done to an account: what comes of it, and why it is done. */
async function ActionPage({ params }: PageProps) {
  const { account: id, action } = await params;
  const name = deedOf(action);
  if (!name) notFound();
  const deed: Deed = deeds[name];
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(actionPath(id, name), deed.right),
    getLocale(),
    getTranslations("actions"),
  ]);
  const person = await findPerson(ctx, officer, deed.right, id);
  if (!person) notFound();
  const { form, console: desk, actions } = messages[language];
  const back = accountPath(person.id);
  const sensible = deed.when.includes(person.status);
  const unheard = name === "unlock" && person.status === "locked" && !(await callerVerified(ctx.db, ctx, person.id));
  const proposed = deed.asksMailbox
    ? suggestMailbox(person.officialEmail, await domainsOfAccount(ctx.db, ctx, person.id))
    : null;
  return (
    <PersonFrame person={person} heading={t(`deeds.${name}.title`)}>
      <div className="cards">
        <section className="card narrow" aria-labelledby="comes">
          <h2 className="h4" id="comes">
            {t("whatComes")}
          </h2>
          <Comes name={name} person={person} />
        </section>
        {!sensible && <Callout action={<Back href={back} words={actions.back} />}>{t("notNow")}</Callout>}
        {sensible && unheard && (
          <Callout
            tone="warn"
            action={
              <LinkButton icon="phone" href={callerPath(person.id)}>
                {actions.checkCaller}
              </LinkButton>
            }
          >
            {t("callerFirst")}
          </Callout>
        )}
        {sensible && !unheard && (
          <DeedForm
            accountId={person.id}
            action={actionPages[name]}
            grave={deed.grave === true}
            mailbox={deed.asksMailbox ? { ...actions.mailbox, proposed: proposed ?? "" } : null}
            words={{
              submit: actions.deeds[name].submit,
              submitting: actions.submitting,
              back: actions.back,
              reason: desk.reason,
            }}
            backTo={back}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        )}
      </div>
    </PersonFrame>
  );
}

/** What will be so afterwards, a line each; the address that letters go to where one does. */
async function Comes({ name, person }: { name: DeedName; person: Person }) {
  const t = await getTranslations("actions");
  const lines = messages[await getLocale()].actions.deeds[name].comes;
  const mailed = name === "resend_activation" || name === "send_reset" || name === "clear_mailbox";
  return (
    <>
      <ul className="bullets">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {(mailed || name === "correct_mailbox") && (
        <p className="mt-3">
          {t(mailed ? "to" : "now")} <MailAddress address={person.officialEmail} />
        </p>
      )}
    </>
  );
}

const Back = ({ href, words }: { href: string; words: string }) => (
  <p className="mt-3">
    <a href={href}>{words}</a>
  </p>
);

export default orMissing(ActionPage);
