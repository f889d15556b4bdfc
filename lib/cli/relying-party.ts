import fs from "node:fs";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { days } from "#lib/kernel/time.ts";
import { addRelyingParty } from "#lib/relying-party/registration/add-relying-party.ts";
import { findByClientId, listRelyingParties } from "#lib/relying-party/registration/list-relying-parties.ts";
import {
  type Parsed,
  type ParseFault,
  parseRegistration,
} from "#lib/relying-party/registration/parse/parse-registration.ts";
import { SECRET_OVERLAP, SECRET_OVERLAP_MAX } from "#lib/relying-party/registration/registration.ts";
import { rotateSecret } from "#lib/relying-party/registration/secrets/change-secrets.ts";
import { disableRelyingParty, enableRelyingParty } from "#lib/relying-party/registration/switch-relying-party.ts";
import { messages } from "#lib/text/messages.ts";
import { actAsOperator } from "./act-as-operator.ts";
import type { Command, ExitCode, Given } from "./command.ts";

const [OVERLAP_DAYS, OVERLAP_DAYS_MAX] = [SECRET_OVERLAP / days(1), SECRET_OVERLAP_MAX / days(1)];
const MOST_BYTES = 256 * 1024;

type Deed = (options: ReadonlySet<string>, given: Given, what: string) => Promise<ExitCode>;

export const relyingPartyCommand: Command = {
  summary: "register the systems that people sign in to, and look after them",
  help: `Usage: npm run --silent kunci -- relying-party add FILE|- [--json]
       npm run --silent kunci -- relying-party list [--json]
       npm run --silent kunci -- relying-party rotate-secret CLIENT_ID [--overlap DAYS] [--json]
       npm run --silent kunci -- relying-party disable|enable CLIENT_ID

add            registers a system and prints its client id and secret, once; the secret cannot be shown again. FILE is JSON, - the
               standard input. --json prints { "clientId", "clientSecret" } ("clientSecret" is null with private_key_jwt).
list           every system. --json prints [{ "clientId", "name", "minimumLevel", "openToAll", "authMethod", "roles", "secrets",
               "disabledAt" }].
rotate-secret  makes another secret and prints it, once. The one before goes on for --overlap days (${OVERLAP_DAYS}; 0 to ${OVERLAP_DAYS_MAX}), with 0
               every older one ends now. --json prints { "clientId", "clientSecret", "olderEndsAt" }.
disable        nobody signs in there any more, and whoever is signed in is signed out of it, at once.
enable         people may sign in there again.

The file has "name" and "redirectUris" at least:

  { "name": "Cuti dan Kehadiran", "redirectUris": ["https://cuti.contoh.example.gov.my/callback"],
    "postLogoutRedirectUris": [], "backchannelLogoutUri": "https://…", "initiateLoginUri": "https://…", "startUri": "https://…",
    "minimumLevel": "aal1" | "aal2" | "aal2-phr",       how surely people must have signed in (aal1)
    "roles": [{ "key", "nameMs", "nameEn" }],           what officers grant; arrives as the claim kunci_roles
    "openToAll": false,                                 true: all staff may open it, without a role
    "owner": "Unit Teknologi Maklumat, 03-0000 1234",   whom to call about it
    "descriptionMs", "descriptionEn", "category",       what people see of it on their home page
    "ownedByAgency": true,                              false: people are asked before it is told anything of them
    "subjectType": "public" | "pairwise",               pairwise: "sub" is another one than at other systems
    "authMethod": "client_secret_basic" | "client_secret_post" | "private_key_jwt",
    "jwks": { "keys": [] }, "jwksUri": "https://…",     public keys, for private_key_jwt: one of the two
    "idTokenAlg": "RS256" | "PS256" | "ES256", "parRequired": false, "dpopBound": false }

Addresses are https, exact and complete: no wildcard, no fragment (http towards this machine where the portal is a demonstration).

Ends with 1 where it is refused, with 2 where the file is not understood; both name what is wrong.`,
  options: ["--json"],
  valued: ["--overlap"],
  operands: 2,
  run: async (options, given) => {
    const [what, subject] = given.operands;
    if (what === undefined || !Object.hasOwn(deeds, what)) return unclear(`${Object.keys(deeds).join(", ")}: which?`);
    const deed = deeds[what as keyof typeof deeds];
    if (deed !== list && subject === undefined) return unclear(deed === add ? "which file?" : "which client id?");
    if (given.values.has("--overlap") && deed !== rotate) return unclear(`${what} does not know "--overlap"`);
    return deed(options, given, what);
  },
};

const add: Deed = async (options, { operands: [, file = "-"] }) => {
  const text = await readFile(file);
  return actAsOperator(async (ctx, { mode }) => {
    const parsed = parseRegistration(parsedJson(text), { loopback: mode === "demo" });
    if (!parsed.ok) {
      for (const fault of parsed.faults) console.error(`kunci: ${inWords(fault)}`);
      return 2;
    }
    return tellAdded(await addRelyingParty(ctx, parsed.value), parsed.value, options.has("--json"));
  });
};

const list: Deed = (options) =>
  actAsOperator(async (ctx): Promise<ExitCode> => {
    const rows = await listRelyingParties(ctx);
    if (options.has("--json")) {
      const shown = rows.map(({ clientId, name, minimumLevel, openToAll, authMethod, roles, secrets, disabledAt }) => {
        return { clientId, name, minimumLevel, openToAll, authMethod, roles, secrets, disabledAt };
      });
      console.log(JSON.stringify(shown, null, 2));
    } else if (rows.length === 0) console.log("No system is registered yet.");
    else
      for (const { clientId, name, minimumLevel, openToAll, roles, disabledAt } of rows)
        console.log(
          [
            disabledAt ? "off" : "on ",
            clientId.padEnd(36),
            minimumLevel.padEnd(8),
            (openToAll ? "all staff" : `${roles} role${roles === 1 ? "" : "s"}`).padEnd(10),
            name,
          ].join("  "),
        );
    return 0;
  });

const rotate: Deed = async (options, { operands: [, clientId = ""], values }) => {
  const said = values.get("--overlap") ?? String(OVERLAP_DAYS);
  if (!/^\d{1,2}$/.test(said) || Number(said) > OVERLAP_DAYS_MAX)
    return unclear(`--overlap: 0 to ${OVERLAP_DAYS_MAX} days`);
  return onOne(clientId, async (ctx, which) => {
    const made = await rotateSecret(ctx, which, days(Number(said)));
    if (!made.ok) return refused(made.error);
    const { clientSecret, olderEndsAt } = made.value;
    if (options.has("--json")) console.log(JSON.stringify(made.value));
    else {
      console.log(`client secret  ${clientSecret}\n\nIt is not shown again.`);
      console.log(olderEndsAt ? `The one before works until ${olderEndsAt.toISOString()}.` : "No other one works.");
    }
    return 0;
  });
};

const turn: Deed = (_, { operands: [, clientId = ""] }, what) =>
  onOne(clientId, async (ctx, which) => {
    const turned = what === "disable" ? await disableRelyingParty(ctx, which) : await enableRelyingParty(ctx, which);
    if (!turned.ok) return refused(turned.error);
    const { changed } = turned.value;
    console.log(`${changed ? "Now" : "It was"} ${what}d${changed ? "" : " already"}.`);
    return 0;
  });

const deeds = { add, list, "rotate-secret": rotate, disable: turn, enable: turn } as const;

const onOne = (
  clientId: string,
  work: (ctx: Context, which: { relyingPartyId: string; version: null }) => Promise<ExitCode>,
): Promise<ExitCode> =>
  actAsOperator(async (ctx) => {
    const relyingPartyId = await findByClientId(ctx, clientId);
    if (relyingPartyId !== null) return work(ctx, { relyingPartyId, version: null });
    console.error(`kunci: there is no system with the client id "${clientId}"`);
    return 1;
  });

function tellAdded(
  added: Result<{ clientId: string; clientSecret: string | null }, string>,
  { registration, roles }: Parsed,
  asJson: boolean,
): ExitCode {
  if (!added.ok) return refused(added.error);
  const { clientId, clientSecret } = added.value;
  if (asJson) {
    console.log(JSON.stringify({ clientId, clientSecret }));
    return 0;
  }
  console.log(`client id      ${clientId}`);
  if (clientSecret !== null) console.log(`client secret  ${clientSecret}\n\nThe secret is not shown again.`);
  if (!registration.openToAll)
    console.log(
      roles.length === 0
        ? "Nobody may open it yet: it declares no role and is not open to all."
        : "People may open it once an officer grants them a role of it.",
    );
  return 0;
}

function refused(code: string): ExitCode {
  const words: Readonly<Record<string, string>> = messages.en.relyingParties.refusals;
  console.error(`kunci: ${words[code] ?? code}`);
  return 1;
}

function unclear(why: string): ExitCode {
  console.error(`kunci: ${why}\n\n${relyingPartyCommand.help}`);
  return 2;
}

/** `redirectUris[1]: The address must begin with https://.` */
function inWords({ field, line, refusal, said }: ParseFault): string {
  const where = field === "file" ? (said ?? "the file") : `${field}${line === null ? "" : `[${line}]`}`;
  return `${where}: ${messages.en.relyingParties.refusals[refusal]}`;
}

/** Throws a plain message where it cannot be read, or goes on beyond what any such file has: the rest is not waited for. */
async function readFile(file: string): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of (file === "-" ? process.stdin : fs.createReadStream(file)) as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes > MOST_BYTES) break;
    }
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException;
    throw new Error(`The file cannot be read (${code ?? message})`);
  }
  if (bytes > MOST_BYTES) throw new Error("The file is larger than 256 KB");
  return Buffer.concat(parts).toString("utf8");
}

/** Nothing where it is no JSON: that is then told like any other wrong file. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
