"use client";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { knowsPasskeys } from "./use-works.ts";

/** Milliseconds. A challenge lives five minutes, and choosing a passkey takes a while. */
const FRESH_FOR = 4 * 60_000;

/** `pause` before another request, which would be ended by a new wait; `resume` once that has come to nothing. */
export type Autofill = { pause: () => void; resume: () => void };

/**
 * Lets the identity field offer passkeys (conditional UI): waits for one to be chosen and hands its answer on. A
 * challenge grows old, so it asks for a new one in time, or when the tab is looked at again. Browsers that cannot do it
 * are left as they are.
 */
export function useAutofill(wanted: boolean, onAnswer: (answer: string) => void): Autofill {
  const answered = useRef(onAnswer);
  useEffect(() => {
    answered.current = onAnswer;
  });
  const paused = useRef(false);
  const begin = useRef(() => {});

  useEffect(() => {
    if (!wanted || !knowsPasskeys()) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedAt = Number.NEGATIVE_INFINITY;
    let end = () => {};
    const stillWanted = () => !gone && !paused.current;
    const seen = () => document.visibilityState === "visible";

    async function wait() {
      const { abandon, offersAutofill, provePasskey } = await import("./prove-passkey.ts");
      if (!stillWanted() || !(await offersAutofill()) || !stillWanted()) return;
      end = abandon;
      clearTimeout(timer);
      askedAt = performance.now();
      timer = setTimeout(() => seen() && void wait(), FRESH_FOR);
      const answer = await provePasskey("autofill", "autofill", stillWanted);
      if (answer.ok && !gone) answered.current(answer.value);
    }
    const look = () => {
      if (seen() && performance.now() - askedAt > FRESH_FOR) void wait();
    };
    begin.current = () => void wait();
    void wait();
    document.addEventListener("visibilitychange", look);
    return () => {
      gone = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
      begin.current = () => {};
      end();
    };
  }, [wanted]);

  const pause = useCallback(() => {
    paused.current = true;
  }, []);
  const resume = useCallback(() => {
    paused.current = false;
    begin.current();
  }, []);
  return useMemo(() => ({ pause, resume }), [pause, resume]);
}
