import { LinkButton } from "#components/ui/button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { type Enrolled, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { advise, type ProtectionState, protections } from "#lib/authenticators/advise.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

type Props = {
  enrolled: Enrolled;
  phraseSet: boolean;
  /** Elsewhere on the page something offers the first of it already. */
  offered?: boolean;
};

const looks = {
  done: { icon: "tick-circle", className: "i-ok" },
  look: { icon: "warn", className: "i-warn" },
  later: { icon: "circle", className: "muted" },
} as const satisfies Record<ProtectionState, { icon: IconName; className: string }>;

const paths = {
  passkey: "/settings/passkeys",
  totp: "/settings/authenticator-app",
  recovery_codes: "/settings/recovery-codes",
  security_phrase: "/settings/security-phrase",
} as const;

/** How well the account is protected, and what is worth doing next. */
export async function SecurityHealth({ enrolled, phraseSet, offered = false }: Props) {
  const t = await getTranslations("settings.health");
  const { states, done, of, next } = advise(enrolled, phraseSet);
  const left = enrolled.recoveryCodesLeft;
  const says = {
    passkey: enrolled.passkeys > 0 ? t("devices", { count: enrolled.passkeys }) : t("none"),
    totp: t(enrolled.totp ? "active" : enrolled.passkeys > 0 ? "unneeded" : "none"),
    recovery_codes: left > 0 ? t("left", { count: left }) : t(states.recovery_codes === "later" ? "after" : "none"),
    security_phrase: t(phraseSet ? "set" : "unset"),
  };
  return (
    <section className="card" aria-labelledby="health">
      <div className="health">
        <Ring part={of === 0 ? 100 : Math.round((done / of) * 100)} />
        <div>
          <h2 className="h3" id="health">
            {t(hasSecondFactor(enrolled) ? "safe" : "safer")}
          </h2>
          <p className="muted">{t("improve", { count: of - done })}</p>
        </div>
      </div>
      <ul className="list">
        {protections.map((each) => (
          <li key={each}>
            <Icon name={looks[states[each]].icon} className={looks[states[each]].className} />
            <div>
              <p className="t">{t(`names.${each}`)}</p>
              <p className="s">{says[each]}</p>
            </div>
            {states[each] === "look" && !(offered && each === next) && (
              <LinkButton variant="second" small href={paths[each]}>
                {t(each === "recovery_codes" && left > 0 ? "renew" : `do.${each}`)}
                <span className="sr">: {t(`names.${each}`)}</span>
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Decoration: the words beside it say the same. `part` in hundredths. */
function Ring({ part }: { part: number }) {
  return (
    <svg className="health-ring" viewBox="0 0 96 96" aria-hidden>
      <circle className="track" cx="48" cy="48" r="42" />
      {part > 0 && <circle className="go" cx="48" cy="48" r="42" pathLength="100" strokeDasharray={`${part} 100`} />}
      <use href="/icons.svg#i-shield" x="30" y="30" width="36" height="36" />
    </svg>
  );
}
