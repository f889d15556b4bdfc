import { inviteAdministrator } from "#lib/helpdesk/roles/invite-administrator.ts";
import { parseOfficialEmail } from "#lib/kernel/email-address.ts";
import { parseIdentityNumber } from "#lib/kernel/identity-number.ts";
import { parsePersonName } from "#lib/kernel/person-name.ts";
import { type RefusalCode, refusalWords } from "#lib/text/refusal-words.ts";
import { actAsOperator } from "./act-as-operator.ts";
import type { Command, ExitCode } from "./command.ts";

const said = {
  enough: "two administrators are at work already: they grant the role, under /helpdesk",
  not_usable: "the account of that identity is suspended or locked: have it reinstated first",
  mailbox_taken: "that address is the official mailbox of somebody else",
  mailbox_differs: "the account with that number is activated with another official mailbox: make sure whose it is",
  throttled: "a link went there less than a minute ago, or five did within the hour: wait, then repeat",
} as const;

export const inviteAdmin: Command = {
  summary: "make somebody an administrator, until there are two",
  help: `Usage: npm run kunci -- invite-admin --identity NUMBER --name NAME --email ADDRESS [--country CODE] [--json]

Pre-registers the person where they have no account, grants the role of administrator, and sends the activation link to the official
mailbox. Repeated for somebody who has not activated yet it sends another link, to the address given now. NUMBER is a MyKad number;
with --country (two letters) it is a passport's. Once two administrators are at work it refuses: they grant roles from then on.`,
  options: ["--json"],
  valued: ["--identity", "--name", "--email", "--country"],
  run: async (options, { values }) => {
    const country = values.get("--country");
    const identity = parseIdentityNumber({
      type: country ? "passport" : "mykad",
      number: values.get("--identity") ?? "",
      country: country ?? null,
    });
    const name = parsePersonName(values.get("--name") ?? "");
    if (!identity.ok) return misread("--identity", identity.error);
    if (!name.ok) return misread("--name", name.error);
    return actAsOperator(async (ctx, { agency }) => {
      const email = parseOfficialEmail(values.get("--email") ?? "", ctx.policy.emailDomains);
      if (!email.ok) return misread("--email", email.error, ctx.policy.emailDomains);
      const person = { identity: identity.value, fullName: name.value, officialEmail: email.value };
      return tell(await inviteAdministrator(ctx, person, agency.nameMs), person.officialEmail, options.has("--json"));
    });
  },
};

function misread(option: string, why: RefusalCode, domains: readonly string[] = []): ExitCode {
  console.error(`kunci: ${option}: ${refusalWords("en", { domains })(why)}`);
  return 2;
}

function tell(invited: Awaited<ReturnType<typeof inviteAdministrator>>, address: string, asJson: boolean): ExitCode {
  if (!invited.ok) {
    console.error(`kunci: ${said[invited.error]}`);
    return 1;
  }
  const { accountId, letter } = invited.value;
  if (asJson) console.log(JSON.stringify({ accountId, letter }));
  else if (letter === "activation")
    console.log(`Invited. The activation link goes to ${address}, and works for 30 minutes.`);
  else console.log("Granted. They sign out and in again to use it.");
  return 0;
}
