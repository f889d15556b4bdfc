"use client";
import { Icon } from "../ui/icon.tsx";
import { type CeremonyWords, isTold, type Trouble, troubleIn, type Where } from "./trouble.ts";
import type { Standing } from "./use-works.ts";

type CeremonyNotesProps = {
  words: CeremonyWords;
  asking: boolean;
  /** The answer is on its way to the portal. */
  posting: boolean;
  trouble: Trouble | null;
  /** What the portal said to the answer. */
  message: string | null;
  /** What it takes, or why it cannot work here; `id` ties it to the button. */
  hint: string | null;
  id: string;
};

/** Why that way cannot work in this browser on this machine, and what can. */
export function whyNot(words: CeremonyWords, where: Where, standing: Standing): string | null {
  if (standing === "no_browser") return words.unsupported;
  return standing === "not_here" ? words[where === "here" ? "noneHere" : "noneElsewhere"] : null;
}

/** Below the button: what to do meanwhile, what went wrong and what to do about it, or why it cannot work here. */
export function CeremonyNotes({ words, asking, posting, trouble, message, hint, id }: CeremonyNotesProps) {
  const told = trouble ? isTold(trouble) && troubleIn(words, trouble) : message;
  const busy = asking || posting;
  return (
    <>
      <p className="ceremony-state" role="status">
        {busy && <i className="spin" />}
        {asking ? words.follow : posting ? words.checking : null}
      </p>
      <div className="ceremony-trouble" aria-live="assertive">
        {!busy && told && (
          <p className="callout warn">
            <Icon name="warn" />
            <span>{told}</span>
          </p>
        )}
      </div>
      {hint && (
        <p className="ceremony-hint" id={id}>
          {hint}
        </p>
      )}
    </>
  );
}
