import type { GuideName, Step } from "#app/(public)/guide/guides.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { settlePeople } from "../../harness/people.ts";
import { openSessionOf } from "../../harness/signed-in.ts";
import type { Walk } from "../walk.ts";
import type { Take } from "./camera.ts";

/** The walk through one guide in one language. */
export type Chapter = Omit<Walk, "shoot"> & { take: Take };

/** Takes the pictures of one guide. */
export const ofGuide =
  (guide: GuideName, { take }: Chapter) =>
  (step: Step, ...target: Parameters<Take> extends [GuideName, Step, ...infer Rest] ? Rest : never) =>
    take(guide, step, ...target);

/** Somebody with a fine name, another one for each language. */
const person = (language: string, n: number) => ({
  ...fixturePerson(31_003 + 7 * n + (language === "en" ? 70 : 0)),
  fullName: "Nur Aisyah binti Contoh",
});

/** Gives the n-th person an account that speaks the language of the pictures. */
export async function settled(chapter: Chapter, n: number, status: AccountStatus) {
  const { portal, database, language } = chapter;
  const owner = person(language, n);
  const [id = ""] = await settlePeople(portal.dataDir, [owner], status);
  await database.query("update account set language = $2 where id = $1", [id, language]);
  return { ...owner, id };
}

/** The same for somebody activated, who is signed in as if a password had just been given. */
export async function signedIn(chapter: Chapter, n: number) {
  const { page, portal, database } = chapter;
  const owner = await settled(chapter, n, "activated");
  await openSessionOf(owner.id, ["password"], { context: page.context(), database, origin: portal.origin });
  return owner;
}

/** Opens the newest letter to this address by itself, as its reader sees it. */
export async function openLetter({ page, portal }: Chapter, to: string): Promise<void> {
  await page.goto("/mailbox");
  const letter = page.locator("details.mail").filter({ hasText: to }).first();
  const alone = await letter.locator('a[target="_blank"]').getAttribute("href");
  await page.goto(new URL(alone ?? "/missing", portal.origin).href);
}
