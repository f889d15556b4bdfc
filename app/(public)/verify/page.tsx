import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Submit } from "#components/form/submit.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { type ChangeShown, viewMailboxChange } from "#lib/account/mailbox/view-mailbox.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes } from "#lib/kernel/time.ts";
import { MAILBOX_PROOF_LIFETIME } from "#lib/mail/letters.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CallHelpdesk } from "../recover/call-helpdesk.tsx";
import { LinkEnd } from "../recover/link-end.tsx";
import { changeAccount, confirm } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailboxChange.link"))("title") };
}

/** Where the letter to a new mailbox leads. Reading it changes nothing; its button does, for who asked for the letter. */
export default async function VerifyPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [ctx, session, token, t, asked] = await Promise.all([
    currentContext(),
    currentSession(),
    readCookie("mailbox"),
    getTranslations("mailboxChange.link"),
    searchParams,
  ]);
  const reader: Context = session
    ? { ...ctx, actor: { kind: "account", accountId: session.accountId, sessionId: session.id } }
    : ctx;
  const link = token ? await viewMailboxChange(reader, token) : null;
  if (link?.ok) return <LinkToConfirm change={link.value} />;
  const ended = link?.error ?? "unknown";
  const why = ended === "superseded" && asked.taken !== undefined ? "taken" : ended;
  const words = {
    heading: t(`${why}.heading`),
    text: t(`${why}.text`, { minutes: MAILBOX_PROOF_LIFETIME / minutes(1) }),
  };
  return <LinkEnd words={words} done={why === "used"} next={{ href: "/settings/profile", words: t("toProfile") }} />;
}

/** What is to be done depends on who is signed in. */
async function LinkToConfirm({ change }: { change: ChangeShown }) {
  const t = await getTranslations("mailboxChange.link");
  switch (change.whose) {
    case "yours":
      return (
        <Panel heading={t("heading")} lead={t(`lead.${change.which}`)} change={change}>
          <form action={confirm} className="actions">
            <Submit busy={t("confirming")}>{t("confirm")}</Submit>
          </form>
          <hr className="divide" />
          <p className="muted">{t("not")}</p>
        </Panel>
      );
    case "others":
      return (
        <Panel heading={t("otherHeading")} lead={t("otherLead")} change={change}>
          <form action={changeAccount} className="actions">
            <Submit variant="second" busy={t("signingOut")}>
              {t("signOut")}
            </Submit>
            <LinkButton variant="quiet" href="/home">
              {t("home")}
            </LinkButton>
          </form>
        </Panel>
      );
    case "unknown":
      return (
        <Panel heading={t("signInHeading")} lead={t("signInLead")} change={change}>
          <div className="actions">
            <LinkButton href={signInPath("/verify")}>{t("signIn")}</LinkButton>
          </div>
        </Panel>
      );
  }
}

type PanelProps = { heading: string; lead: string; change: ChangeShown; children: ReactNode };

async function Panel({ heading, lead, change, children }: PanelProps) {
  const t = await getTranslations("mailboxChange.link");
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <h1>{heading}</h1>
      <p className="lead">{lead}</p>
      <section className="person">
        <dl className="facts">
          <div>
            <dt>{t("address")}</dt>
            <dd>
              <MailAddress address={change.mailbox} />
            </dd>
          </div>
        </dl>
      </section>
      {children}
    </SignInPanel>
  );
}
