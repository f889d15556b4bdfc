"use client";
import { useEffect, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { askWhetherCommon } from "#lib/authenticators/password/ask-whether-common.ts";
import { checkPassword, type PasswordPolicy, type PasswordRule, rulesOf } from "#lib/authenticators/password/rules.ts";
import type { Person } from "#lib/authenticators/personal.ts";

export type ChecklistWords = {
  rules: Record<PasswordRule, string>;
} & Record<"strength" | "strengthWeak" | "strengthFair" | "strengthGood" | "strengthBest" | "metSr" | "unmetSr" | "leftMany" | "leftOne" | "leftNone" | "before", string>;

type Props = { policy: PasswordPolicy; password: string; person: Person; words: ChecklistWords };

/** Ticks each rule as it is met. Whether a password is common is asked of the server by a piece of its hash, never by itself. */
export function Checklist({ policy, password, person, words }: Props) {
  const [common, setCommon] = useState<boolean | null>(null);
  const checked = checkPassword(policy, password, person);
  const rulesMet = new Set<PasswordRule>(password === "" ? [] : checked.flatMap(({ rule, met }) => (met ? [rule] : [])));
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
  const title = password === "" ? words.before : left === 0 ? words.leftNone : left === 1 ? words.leftOne : words.leftMany.replace("{count}", String(left));
  const level = strength(password, left);
  return (
    <>
      <div className="meter needs-js" data-level={password === "" ? 0 : level} aria-hidden>
        <i />
        <i />
        <i />
        <i />
      </div>
      <p className="strength needs-js" role="status">
        {password !== "" && (
          <>
            <span className="muted">{words.strength}</span> <strong>{[words.strengthWeak, words.strengthFair, words.strengthGood, words.strengthBest][level - 1]}</strong>
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
                <Icon name={met ? "okc" : "ring"} />
                <span>
                  {password !== "" && <span className="sr">{met ? words.metSr : words.unmetSr} </span>}
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

/** One to four: nothing above the second while a rule is unmet, then by length (NIST SP 800-63B-4 appendix A: length is what counts). */
function strength(password: string, left: number): 1 | 2 | 3 | 4 {
  const length = [...password].length;
  if (left > 0) return length >= 12 && left <= 2 ? 2 : 1;
  return length >= 18 ? 4 : 3;
}
