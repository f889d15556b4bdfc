import type { LetterKind } from "../letters.ts";
import { accountActivated } from "./account-activated.tsx";
import { activation } from "./activation.tsx";
import { alreadyRegistered } from "./already-registered.tsx";
import { callerCheck } from "./caller-check.tsx";
import { campaignInvitation, campaignReminder } from "./campaign-letter.tsx";
import { emailCode } from "./email-code.tsx";
import { enrolment } from "./enrolment.tsx";
import { factorReset } from "./factor-reset.tsx";
import { invitation } from "./invitation.tsx";
import type { Kind } from "./kind.ts";
import { lostFactor } from "./lost-factor.tsx";
import { lostFactorRefused } from "./lost-factor-refused.tsx";
import { mailboxChanged } from "./mailbox-changed.tsx";
import { mailboxProof } from "./mailbox-proof.tsx";
import { mailboxTaken } from "./mailbox-taken.tsx";
import { requestsRefused, requestsWait } from "./move-requests.tsx";
import { newDevice } from "./new-device.tsx";
import { onsitePlace } from "./onsite-place.tsx";
import { passwordReset } from "./password-reset.tsx";
import { recoveryNotPossible } from "./recovery-not-possible.tsx";
import { recoveryStarted } from "./recovery-started.tsx";
import { roamingReady } from "./roaming-ready.tsx";
import { securityChange } from "./security-change.tsx";
import { tokenReport } from "./token-report.tsx";

/** Every kind of letter. One that is missing here does not compile. */
export const kinds: { [K in LetterKind]: Kind<K> } = {
  activation,
  already_registered: alreadyRegistered,
  account_activated: accountActivated,
  new_device: newDevice,
  security_change: securityChange,
  email_code: emailCode,
  mailbox_proof: mailboxProof,
  mailbox_taken: mailboxTaken,
  mailbox_changed: mailboxChanged,
  password_reset: passwordReset,
  recovery_not_possible: recoveryNotPossible,
  lost_factor: lostFactor,
  lost_factor_refused: lostFactorRefused,
  recovery_started: recoveryStarted,
  enrolment,
  factor_reset: factorReset,
  caller_check: callerCheck,
  invitation,
  token_report: tokenReport,
  roaming_ready: roamingReady,
  onsite_place: onsitePlace,
  requests_wait: requestsWait,
  requests_refused: requestsRefused,
  campaign_invitation: campaignInvitation,
  campaign_reminder: campaignReminder,
};
