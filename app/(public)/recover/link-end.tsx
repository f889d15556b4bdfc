import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { CallHelpdesk } from "./call-helpdesk.tsx";

type LinkEndProps = {
  words: { heading: string; text: string };
  /** All is done; otherwise it went wrong, or took too long. */
  done: boolean;
  next: { href: string; words: string };
};

/** A mailed link, or the time it opened, that leads no further: what happened, and the way on. */
export function LinkEnd({ words, done, next }: LinkEndProps) {
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <div className="heading-chip">
        <Chip tone={done ? "ok" : "warn"} icon={done ? "tick-circle" : "clock"} />
        <h1>{words.heading}</h1>
      </div>
      <p className="lead">{words.text}</p>
      <div className="actions">
        <LinkButton href={next.href}>{next.words}</LinkButton>
      </div>
    </SignInPanel>
  );
}
