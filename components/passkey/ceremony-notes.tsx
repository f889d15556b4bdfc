"use client";
import { Icon } from "../ui/icon.tsx";
import { type CeremonyWords, isTold, type Trouble, troubleIn, type Where } from "./trouble.ts";
import type { Standing } from "./use-works.ts";

type CeremonyNotesProps = {
  words: CeremonyWords;
  where: Where;
  standing: Standing;
  asking: boolean;
  /** The answer is on its way to the portal. */
  posting: boolean;
  trouble: Trouble | null;
  /** What the portal said to the answer. */
  message: string | null;
};

/** Below the button: what to do meanwhile, what went wrong and what to do about it, or why it cannot work here. */
export function CeremonyNotes({ words, where, standing, asking, posting, trouble, message }: CeremonyNotesProps) {
  const told = trouble && isTold(trouble) ? troubleIn(words, trouble) : trouble ? null : message;
  const cannot =
    standing === "no_browser"
      ? words.unsupported
      : standing === "not_here"
        ? words[where === "here" ? "noneHere" : "noneElsewhere"]
        : null;
  const busy = asking || posting;
  return (
    <>
      <p className="ceremony-state" role="status">
        {busy && <i className="spin" />}
        {asking ? words.follow : posting ? words.checking : null}
      </p>
      <div className="ceremony-trouble" role="alert">
        {!busy && told && (
          <p className="callout warn">
            <Icon name="warn" />
            <span>{told}</span>
          </p>
        )}
      </div>
      {cannot && !told && <p className="ceremony-cannot">{cannot}</p>}
    </>
  );
}
