import type { Metadata } from "next";
import { type ComponentType, cache } from "react";
import { findUndo, type UndoPurpose } from "#lib/recovery/undo/find-undo.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../recover/link-end.tsx";
import { RestoreMailbox } from "./mailbox/restore-mailbox.tsx";
import { DisownSignIn } from "./not-me/disown-sign-in.tsx";
import { StopOfficers } from "./officers/stop-officers.tsx";
import { StopRecovery } from "./recovery/stop-recovery.tsx";

/** What each kind of link leads to, and what that page is called. */
type Undo = { Page: ComponentType<{ token: string }>; title: () => Promise<string> };

const title = async () => (await getTranslations("undo"))("title");
const undos: { [P in UndoPurpose]: Undo } = {
  not_me: { Page: DisownSignIn, title },
  official_email: {
    Page: RestoreMailbox,
    title: async () => (await getTranslations("mailboxChange.restore"))("title"),
  },
  recovery: { Page: StopRecovery, title: async () => (await getTranslations("lostFactor.stop"))("title") },
  officers: { Page: StopOfficers, title: async () => (await getTranslations("officerRequests.stop"))("title") },
};

/** The link of this browser's cookie, with what it is for. */
const currentUndo = cache(async () => {
  const token = await readCookie("undo");
  const purpose = token && (await findUndo(await currentContext(), token));
  const undo = purpose && undos[purpose];
  return undo ? { token, ...undo } : null;
});

export async function generateMetadata(): Promise<Metadata> {
  const undo = await currentUndo();
  return { title: await (undo?.title ?? title)() };
}

/** Where every mailed link that undoes something leads. Reading it changes nothing; its button does. */
export default async function UndoPage() {
  const [t, undo] = await Promise.all([getTranslations("undo"), currentUndo()]);
  if (undo) return <undo.Page token={undo.token} />;
  const words = { heading: t("unknown.heading"), text: t("unknown.text") };
  return <LinkEnd words={words} done={false} next={{ href: "/sign-in", words: t("signIn") }} />;
}
