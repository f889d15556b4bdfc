import type { ReactNode } from "react";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { CallHelpdesk } from "./call-helpdesk.tsx";

type LinkQuestionProps = {
  heading: string;
  lead: string;
  /** What the link is about; `facts` by their names. */
  which: string;
  facts: readonly (readonly [name: string, fact: ReactNode])[];
  /** What its button does. */
  what?: { heading?: string; steps: readonly string[] } | undefined;
  /** The button. */
  children: ReactNode;
  /** What to do where nothing is wrong. */
  mine?: string | undefined;
};

/** A mailed link that does something: what, and what about, before its button is pressed. */
export function LinkQuestion({ heading, lead, which, facts, what, children, mine }: LinkQuestionProps) {
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <h1>{heading}</h1>
      <p className="lead">{lead}</p>
      <section className="person" aria-labelledby="which">
        <h2 className="h4" id="which">
          {which}
        </h2>
        <dl className="facts">
          {facts.map(([name, fact]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      </section>
      {what?.heading && <h2 className="h4 mt-6">{what.heading}</h2>}
      {what && (
        <ul className={`ready ${what.heading ? "mt-3" : "mt-6"}`}>
          {what.steps.map((step) => (
            <li key={step}>
              <Icon name="check" />
              <span>{step}</span>
            </li>
          ))}
        </ul>
      )}
      {children}
      {mine && (
        <>
          <hr className="divide" />
          <p className="muted">{mine}</p>
        </>
      )}
    </SignInPanel>
  );
}
