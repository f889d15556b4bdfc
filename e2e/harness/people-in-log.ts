import fs from "node:fs";
import path from "node:path";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { account } from "#db/schema/account.ts";
import { letter, mailboxLetter } from "#db/schema/mail.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { session } from "#db/schema/session.ts";
import { unsealMobile } from "#lib/account/profile/seal-mobile.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { rightAnswers } from "#lib/testing/security-answers.ts";
import { GOOD_PASSWORD, keysOf } from "./people.ts";

/** Values that say who somebody is or let somebody in, by what they are. */
export type Telling = Map<string, Set<string>>;

/** What a portal's log may never say: read from its database, its visible mailbox and its data folder while it runs. */
export async function tellingOf(dataDir: string): Promise<Telling> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    const keys = keysOf(dataDir);
    const people = await db.select().from(account);
    const letters = await db.select().from(mailboxLetter);
    const sessions = await db.select({ ip: session.ip }).from(session);
    const addressed = [...(await db.select().from(letter)), ...letters].map(({ to }) => to);
    const asked = (await db.select().from(mailboxChange)).map(({ mailbox }) => mailbox);
    const credentials = fs.readFileSync(path.join(dataDir, "demo-credentials.json"), "utf8");
    const demo = JSON.parse(credentials) as { password: string; totpSecret?: string }[];
    const kinds: [string, (string | null | undefined)[]][] = [
      ["a name", people.map(({ fullName }) => fullName)],
      ["a mailbox", [...people.flatMap((one) => [one.officialEmail, one.personalEmail]), ...addressed, ...asked]],
      ["an identity number", people.map((row) => unsealIdentity({ keys }, row).number)],
      ["a mobile number", people.map((row) => unsealMobile({ keys }, row))],
      ["an address", sessions.map(({ ip }) => ip).filter((ip) => !/^(127\.|::1)/.test(ip))],
      [
        "a link's secret",
        letters.flatMap(({ text }) => [...text.matchAll(/\/([\w-]{20,})(?=\s|$)/g)].map(([, it]) => it)),
      ],
      ["a typed code", letters.flatMap(({ text }) => codesIn(text))],
      ["a password", [GOOD_PASSWORD, ...demo.map(({ password }) => password)]],
      ["an app's secret", demo.map(({ totpSecret }) => totpSecret)],
      ["an answer", rightAnswers.map(({ answer }) => answer)],
    ];
    return new Map(
      kinds.map(([kind, values]) => [
        kind,
        new Set(values.filter((value): value is string => !!value && value.length > 3)),
      ]),
    );
  } finally {
    await db.$client.end();
  }
}

/** Eight digits in two groups, or six (`codeIn`), as they are read off a letter and as they are typed. */
const codesIn = (text: string): string[] =>
  [...text.matchAll(/(?<![\w/-])(?:\d{4} \d{4}|\d{6}|\d{3} \d{3})(?![\w/-])/g)].flatMap(([code]) => [
    code,
    code.replace(" ", ""),
  ]);

/** What of it stands in a log's lines, with the line; a demonstration's greeting, which tells its passwords, is no line of it. */
export function toldIn(output: string, telling: Telling): string[] {
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  const log = lines.join("\n").toLowerCase();
  const found: string[] = [];
  for (const [kind, values] of telling)
    for (const value of values) {
      if (!log.includes(value.toLowerCase())) continue;
      // As a word of its own: digits stand in times and ids too.
      const word = new RegExp(`(?<![\\w.-])${value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`, "i");
      const line = lines.find((each) => word.test(each));
      if (line !== undefined) found.push(`${kind} (${value}) in: ${line.slice(0, 400)}`);
    }
  return found;
}
