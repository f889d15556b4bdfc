import type { ReactNode } from "react";
import { LinkButton } from "#components/ui/button.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { LINK_LIFETIME, linkState } from "#lib/account/activation/activation-link.ts";
import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";
import { mayDo } from "#lib/helpdesk/account/possible-actions.ts";
import { after } from "#lib/kernel/time.ts";
import { holds, type Officer } from "#lib/office/roles/rights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { capital, saidAt, type Words } from "../../../said.ts";
import { rolesPath, unmaskPath } from "../paths.ts";

type DetailsProps = Words & { facts: AccountFacts; identityShown: string; officer: Officer };

/** Who it is and where they belong; the number masked, the way to see it whole recorded. */
export async function DetailsCard({ facts, identityShown, officer, ...words }: DetailsProps) {
  const t = await getTranslations("diagnosis.details");
  const { officialEmailVerifiedAt, personalEmail, personalEmailVerifiedAt, opensAt, lastSignInAt, office } = facts;
  const verified = (at: Date | null) => (at ? t("verified", { at: saidAt(at, words) }) : t("unverified"));
  const link = await linkWords(facts, words);
  return (
    <section className="card" aria-labelledby="details">
      <h2 className="h3" id="details">
        {t("heading")}
      </h2>
      <dl className="facts">
        <Fact name={t(facts.identityType)}>
          <span className="num">{identityShown}</span>
        </Fact>
        <Fact name={t("officialEmail")} note={verified(officialEmailVerifiedAt)}>
          <MailAddress address={facts.officialEmail} />
        </Fact>
        {personalEmail && (
          <Fact name={t("personalEmail")} note={verified(personalEmailVerifiedAt)}>
            <MailAddress address={personalEmail} />
          </Fact>
        )}
        <Fact name={t("office")}>
          {office.code} {office.name}
        </Fact>
        <Fact name={t("staff")}>{await staffWords(facts, words)}</Fact>
        {opensAt && opensAt > words.now && <Fact name={t("opens")}>{capital(saidAt(opensAt, words))}</Fact>}
        {link && <Fact name={t("link")}>{link}</Fact>}
        <Fact name={t("lastSignIn")}>{lastSignInAt ? capital(saidAt(lastSignInAt, words)) : t("never")}</Fact>
        <Fact name={t("roles")}>
          <Roles facts={facts} {...words} />
        </Fact>
      </dl>
      {holds(officer, "role.request") && officer.accountId !== facts.id && (
        <p className="below">
          <a href={rolesPath(facts.id)}>{t("editRoles")}</a>
        </p>
      )}
      {mayDo(officer, "identity.unmask", facts) && (
        <div className="below">
          <LinkButton variant="second" small block icon="eye" href={unmaskPath(facts.id)}>
            {t("unmask")}
          </LinkButton>
          <p className="muted">{t("unmaskNote")}</p>
        </div>
      )}
    </section>
  );
}

function Fact({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {note && <dd className="note">{note}</dd>}
    </div>
  );
}

async function staffWords({ listedAt, delistedAt, staffConfirmedAt }: AccountFacts, words: Words): Promise<string> {
  const t = await getTranslations("diagnosis.details.staffState");
  if (delistedAt) return t("delisted", { at: saidAt(delistedAt, words) });
  if (listedAt) return t("listed", { at: saidAt(listedAt, words) });
  return staffConfirmedAt ? t("confirmed", { at: saidAt(staffConfirmedAt, words) }) : t("waiting");
}

/** What has become of the newest activation link; nothing where the account never had one. */
async function linkWords({ link }: AccountFacts, words: Words): Promise<string | null> {
  const t = await getTranslations("diagnosis.details.linkState");
  if (!link) return null;
  const state = linkState(link, words.now);
  if (state === "used" && link.consumedAt) return t("used", { at: saidAt(link.consumedAt, words) });
  if (state === "superseded" || state === "used") return t("superseded");
  if (!link.handedOverAt) return t("waiting");
  return t(state, { at: saidAt(after(link.handedOverAt, LINK_LIFETIME), words) });
}

async function Roles({ facts: { grants }, ...words }: Words & { facts: AccountFacts }) {
  const t = await getTranslations("diagnosis.details");
  if (grants.length === 0) return t("staffRole");
  const names = messages[words.language].activity.roles;
  return (
    <ul>
      {grants.map(({ id, role, office, state, fromAt }) => {
        const named = office
          ? t("roleIn", { role: names[role], office: `${office.code} ${office.name}` })
          : names[role];
        if (state === "requested") return <li key={id}>{t("roleWaits", { role: named })}</li>;
        return (
          <li key={id}>{fromAt > words.now ? t("roleFrom", { role: named, at: saidAt(fromAt, words) }) : named}</li>
        );
      })}
    </ul>
  );
}
