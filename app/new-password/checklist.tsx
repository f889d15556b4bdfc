"use client";
import { useEffect, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { useNeedsScript } from "#components/ui/use-hydrated.ts";
import { askWhetherCommon } from "#lib/authenticators/password/ask-whether-common.ts";
import { checkPassword, type PasswordPolicy, type PasswordRule, rulesOf } from "#lib/authenticators/password/rules.ts";
import type { Person } from "#lib/authenticators/personal.ts";

type Digits<N extends number> = `${N}`;

/** `left` and `strengths` are looked up by number. */
export type ChecklistWords = {
  before: string;
  met: string;
  unmet: string;
  checking: string;
  strength: string;
  rules: Record<PasswordRule, string>;
  left: Record<Digits<0 | 1 | 2 | 3 | 4 | 5 | 6 | 7>, string>;
  strengths: Record<Digits<0 | 1 | 2 | 3 | 4>, string>;
};

type Props = { policy: PasswordPolicy; password: string; person: Person; words: ChecklistWords };

/**
 * Ticks each rule as it is met. Whether a password is common is asked of the server by a piece of its hash, never by
 * itself.
 */
export function Checklist({ policy, password, person, words }: Props) {
  const needsScript = useNeedsScript();
  const [common, setCommon] = useState<boolean | null>(null);
  const checked = checkPassword(policy, password, person);
  const rulesMet = new Set<PasswordRule>(
    password === "" ? [] : checked.flatMap(({ rule, met }) => (met ? [rule] : [])),
  );
  const othersMet = rulesMet.size === checked.length;
  useEffect(() => {
    setCommon(null);
    if (!othersMet) return;
    let current = true;
    askWhetherCommon(password).then(
      (answer) => current && setCommon(answer),
      // Out of reach: the server decides when the form is sent.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [password, othersMet]);
  if (common === false) rulesMet.add("common");

  const left = rulesOf[policy].length - rulesMet.size;
  const title = password === "" ? words.before : words.left[`${left}` as keyof ChecklistWords["left"]];
  const level = password === "" ? 0 : strength(password, left);
  return (
    <>
      <div className={`meter ${needsScript}`} data-level={level} aria-hidden>
        <i />
        <i />
        <i />
        <i />
      </div>
      <p className={`strength ${needsScript}`} role="status">
        {password !== "" && (
          <>
            <span className="muted">{words.strength}</span> <strong>{words.strengths[`${level}`]}</strong>
          </>
        )}
      </p>
      <div className="card sunken" id="rules">
        <h2 className="h4" aria-live="polite">
          {title}
        </h2>
        <ul className="rules">
          {rulesOf[policy].map((rule) => {
            const met = rulesMet.has(rule);
            return (
              <li key={rule} className={`${met ? "met" : ""}${rule === "personal" ? " wide" : ""}`}>
                <Icon name={met ? "tick-circle" : "circle"} />
                <span>
                  {password !== "" && (
                    <span className="sr">
                      {met
                        ? words.met
                        : rule === "common" && othersMet && common === null
                          ? words.checking
                          : words.unmet}{" "}
                    </span>
                  )}
                  {words.rules[rule]}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

/**
 * One to four: nothing above the second while a rule is unmet, then by length (NIST SP 800-63B-4 appendix A: length is
 * what counts).
 */
function strength(password: string, left: number): 1 | 2 | 3 | 4 {
  const length = [...password].length;
  if (left > 0) return length >= 12 && left <= 2 ? 2 : 1;
  return length >= 18 ? 4 : 3;
}
