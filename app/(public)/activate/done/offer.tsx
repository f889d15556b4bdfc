"use client";
import type { ReactNode } from "react";
import { useWorks } from "#components/passkey/use-works.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";

/** One way to protect the account better: `good` says why, `other` leads to the one beside it. */
export type Offered = {
  icon: IconName;
  heading: string;
  text: string;
  good: readonly string[];
  href: string;
  setUp: string;
  other: ReactNode;
};

/**
 * Biometrics, or an authenticator app where the device says it has none. Without JavaScript the first, which leads to
 * the second.
 */
export function SecondFactorOffer({ passkey, app }: { passkey: Offered; app: Offered }) {
  const standing = useWorks("here");
  const { icon, heading, text, good, href, setUp, other } =
    standing === "no_browser" || standing === "not_here" ? app : passkey;
  return (
    <section className="offer" aria-labelledby="offer">
      <div className="head">
        <span className="chip">
          <Icon name={icon} />
        </span>
        <h2 className="h3" id="offer">
          {heading}
        </h2>
      </div>
      <p>{text}</p>
      <ul className="plus">
        {good.map((each) => (
          <li key={each}>
            <Icon name="tick-circle" />
            <span>{each}</span>
          </li>
        ))}
      </ul>
      <LinkButton block icon={icon} href={href}>
        {setUp}
      </LinkButton>
      <p className="muted">{other}</p>
    </section>
  );
}
