"use client";
import { type ReactNode, useEffect, useState } from "react";

type CountdownProps = {
  /** What is left when the page is made, in whole seconds. The browser's own clock is never asked for the time of day. */
  secondsLeft: number;
  /** The whole span, in seconds: the full ring. */
  seconds: number;
  words: {
    /** "Pautan masih sah {minutes} minit lagi" */
    left: string;
    /** "Pautan masih sah 1 minit lagi": a language may say one minute in another way than many. */
    leftOne: string;
    /** "Pautan masih sah kurang seminit lagi" */
    lastMinute: string;
    /** "Pautan ini sudah tamat" */
    over: string;
  };
  /** When it ends, and what to do then. */
  children?: ReactNode;
};

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function inWords(left: number, words: CountdownProps["words"]): string {
  if (left === 0) return words.over;
  if (left < 60) return words.lastMinute;
  if (left < 120) return words.leftOne;
  return words.left.replace("{minutes}", String(Math.floor(left / 60)));
}

/** How long something still lives. Reads well without JavaScript; spoken at five minutes, at one and at the end only. */
export function Countdown({ secondsLeft, seconds, words, children }: CountdownProps) {
  const [left, setLeft] = useState(Math.max(0, secondsLeft));
  const [calm, setCalm] = useState(false);
  useEffect(() => {
    const start = performance.now();
    const tick = () => setLeft(Math.max(0, secondsLeft - Math.floor((performance.now() - start) / 1000)));
    setCalm(matchMedia("(prefers-reduced-motion: reduce)").matches);
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [secondsLeft]);

  const minutes = Math.ceil(left / 60);
  const says = inWords(left, words);
  const spoken = left === 0 || left < 60 || (left < 300 && left >= 240) ? says : "";
  const part = Math.min(100, Math.round(((calm ? minutes * 60 : left) / seconds) * 100));
  return (
    <div className={`count${left === 0 ? " over" : ""}`}>
      <svg className="dial" viewBox="0 0 96 96" aria-hidden>
        <circle className="track" cx="48" cy="48" r="42" />
        {part > 0 && <circle className="go" cx="48" cy="48" r="42" pathLength="100" strokeDasharray={`${part} 100`} />}
        <text x="48" y="55.5">
          {clock(left)}
        </text>
      </svg>
      <div>
        <p role="timer">
          <strong>{says}</strong>
        </p>
        {children}
        <p className="sr" role="status">
          {spoken === says && left !== secondsLeft ? spoken : ""}
        </p>
      </div>
    </div>
  );
}
