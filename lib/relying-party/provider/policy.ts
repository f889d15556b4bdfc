import { interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import { isToApprove } from "./approval/approval-asked.ts";
import { isToAgree } from "./claims/claims.ts";
import { subjectAt } from "./claims/subject.ts";
import { registrationOf } from "./clients/registrations.ts";
import { thisRequest } from "./this-request.ts";

const { Check, Prompt } = interactionPolicy;

/**
 * What stands between somebody and a relying party, in the order in which it is looked at: being signed in, being let in,
 * being known well and lately enough, having agreed, and having approved the transaction that it asks about. Everything is read anew when the interaction is resumed; nothing that a
 * page has said counts. The errors are told to a relying party that asks with `prompt=none`.
 */
export function promptsOfPortal(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.clear();
  policy.add(
    withoutOwnCheck(
      new Prompt(
        { name: "login", requestable: true },
        new Check("no_session", "somebody has to sign in", "login_required", () => !thisRequest().signedIn),
        new Check("other_person", "somebody else is signed in", "login_required", isSomebodyElse),
      ),
    ),
  );
  policy.add(
    new Prompt(
      { name: "access" },
      new Check(
        "no_access",
        "may not open the system",
        "access_denied",
        () => thisRequest().signedIn?.mayOpen !== true,
      ),
    ),
  );
  policy.add(
    new Prompt(
      { name: "proof" },
      new Check("too_weak", "a stronger proof is needed", "login_required", () => stands("too_weak")),
      new Check("too_old", "a fresh proof is needed", "login_required", () => stands("too_old")),
    ),
  );
  policy.add(
    withoutOwnCheck(
      new Prompt(
        { name: "consent", requestable: true },
        new Check("not_agreed", "has not agreed yet", "consent_required", hasNotAgreed),
      ),
    ),
  );
  policy.add(
    new Prompt(
      { name: "approve" },
      new Check("not_approved", "the transaction is not approved yet", "interaction_required", isToApprove),
    ),
  );
  return policy;
}

/** A prompt that may be asked for is checked by what was proven or agreed since, not by what a page says was done. */
function withoutOwnCheck(prompt: interactionPolicy.Prompt): interactionPolicy.Prompt {
  prompt.checks.remove(`${prompt.name}_prompt`);
  return prompt;
}

const stands = (why: "too_weak" | "too_old"): boolean => {
  const { standing } = thisRequest();
  return standing === undefined ? why === "too_weak" : !standing.enough && standing.why === why;
};

/** The relying party means somebody (`id_token_hint`, the `sub` claim), and it is another one that is signed in. */
function isSomebodyElse({ oidc }: KoaContextWithOIDC): boolean {
  const { signedIn } = thisRequest();
  const registration = registrationOf(oidc.client?.clientId ?? "");
  const meant = [
    (oidc.entities.IdTokenHint as { payload?: { sub?: unknown } } | undefined)?.payload?.sub,
    (oidc.claims.id_token?.sub as { value?: unknown } | null | undefined)?.value,
  ].filter((subject) => subject !== undefined);
  if (!signedIn || !registration || meant.length === 0) return false;
  return meant.some((subject) => subject !== subjectAt(signedIn, registration));
}

/**
 * A relying party of others is told what its owner has agreed to, once for all; where it asks for their word again
 * (`prompt=consent`), since it asked.
 */
function hasNotAgreed({ oidc }: KoaContextWithOIDC): boolean {
  const { signedIn, grant, interaction, ctx } = thisRequest();
  const registration = registrationOf(oidc.client?.clientId ?? "");
  if (!registration || registration.ownedByAgency) return false;
  const since = oidc.prompts.has("consent") ? (interaction?.startedAt ?? ctx.now()) : null;
  return isToAgree(grant?.asked ?? [], signedIn ?? { consented: null, consentedAt: null }, since);
}
