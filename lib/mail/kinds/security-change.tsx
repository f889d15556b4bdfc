import type { AccountStatus } from "#db/schema/account.ts";
import { NoticeLetter } from "#emails/notice.tsx";
import { deviceIn, isDesk } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME, type SecurityChange } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/** Told of an account that is closed by it: there is nothing to open any more, and nobody else tells its person. */
const closing: readonly SecurityChange[] = ["account_closed", "registration_voided"];

const awaitsActivation: readonly AccountStatus[] = [
  "pre_registered",
  "registered",
  "email_verified",
  "presence_verified",
];

/** Where the letter's button leads, by what it tells of: to the settings where it does not say. */
const doors: Partial<
  Record<
    SecurityChange,
    {
      words: "unlock" | "activate" | "choose" | "openHome" | "openAccess" | "openTokens" | "openMove";
      path: `/${string}`;
    } | null
  >
> = {
  // The settings cannot be opened: the way back.
  account_locked: { words: "unlock", path: "/recover" },
  password_disabled: { words: "choose", path: "/recover" },
  account_reopened: { words: "activate", path: "/activate" },
  mailbox_corrected: { words: "activate", path: "/activate" },
  system_role_granted: { words: "openHome", path: "/home" },
  system_role_ended: { words: "openAccess", path: "/home/access" },
  move_confirmed: { words: "openMove", path: "/home/move" },
  access_refused: { words: "openAccess", path: "/home/access" },
  token_lost: { words: "openTokens", path: "/settings/hardware-tokens" },
  token_misused: { words: "openTokens", path: "/settings/hardware-tokens" },
  token_revoked: { words: "openTokens", path: "/settings/hardware-tokens" },
  token_returned: { words: "openTokens", path: "/settings/hardware-tokens" },
  account_suspended: null,
  account_closed: null,
  registration_voided: null,
};

/** What opens the account was changed: what, when and from where, and what to do if it was somebody else's doing. */
export const securityChange: Kind<"security_change"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { letterId, to, about, account, agency, language }) {
    if (account.status === "closed" && !closing.includes(about.change)) return "moot";
    const t = translator(language);
    const { reference, system = "" } = about;
    const changed = t(`securityChange.what.${about.change}`);
    const what = system ? t("securityChange.ofSystem", { what: changed, system }) : changed;
    const when = { at: formatDate(new Date(about.at), language), device: deviceIn(language, about.from) };
    // Whoever never activated has nothing to see yet.
    const waits = about.change === "move_confirmed" && awaitsActivation.includes(account.status);
    const door = waits ? ({ words: "activate", path: "/activate" } as const) : doors[about.change];
    const byOfficer = isDesk(about.from);
    // Nothing is left to lock, or not yet anything.
    const lockable = about.change !== "account_locked" && account.status === "activated";
    // The mailbox that was put out is told, too: it may be a thief's, and must not lock the owner out.
    const isPutOut =
      about.change === "official_email_restored" && to !== account.officialEmail && to !== account.personalEmail;
    const filed = reference ? [t(`securityChange.${wordsOfReference(about.change)}`, { reference })] : [];
    return {
      subject: t("securityChange.subject", { what }),
      letter: (
        <NoticeLetter
          frame={frameOf(language, agency)}
          preview={t(previewOf(about.change, byOfficer))}
          heading={what}
          greeting={t("greeting", { name: account.fullName })}
          lead={t(`securityChange.lead.${about.change}`, { system })}
          button={
            door === null
              ? null
              : {
                  words: t(door ? `securityChange.${door.words}` : "securityChange.button"),
                  href: `${ctx.origin}${door ? door.path : "/settings"}`,
                }
          }
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          when={{ title: t("whenTitle"), text: [t("securityChange.when", when), ...filed].join(" ") }}
          notYou={{
            title: t("notYouTitle"),
            text: t(notYou(about.change, byOfficer)),
            call: callHelpdesk(t("callNow"), agency),
            ...(lockable && !isPutOut && { door: lockNow(ctx, t("lockNow"), letterId) }),
          }}
        />
      ),
    };
  },
};

const wordsOfReference = (change: SecurityChange) => {
  if (change === "token_returned") return "receipt" as const;
  const ofCase = change === "correction_approved" || change === "correction_refused";
  return ofCase ? ("caseReference" as const) : ("reference" as const);
};

const previewOf = (change: SecurityChange, byOfficer: boolean) => {
  if (change === "account_suspended") return "securityChange.suspendedPreview" as const;
  return byOfficer ? ("securityChange.officerPreview" as const) : ("securityChange.preview" as const);
};

const notYou = (change: SecurityChange, byOfficer: boolean) => {
  if (change === "account_locked") return "securityChange.lockedNotYou" as const;
  // An officer did it, or the portal by itself when a service ended: true for both.
  if (change === "account_suspended") return "securityChange.suspendedNotYou" as const;
  return byOfficer ? ("securityChange.officerNotYou" as const) : ("securityChange.notYou" as const);
};
