"use client";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useFormStatus } from "react-dom";
import { Icon } from "../ui/icon.tsx";
import { useHydrated } from "../ui/use-hydrated.ts";
import { FieldError } from "./field.tsx";

export type CaptchaWords = Record<"label" | "checking" | "done" | "failed" | "retry" | "notNeeded", string>;
type CaptchaProps = {
  words: CaptchaWords;
  error?: string | undefined;
  /** Of the hidden field: absent without JavaScript, empty until ticked, then the solution. */
  name?: string;
};

type State = { step: "open" | "checking" | "failed"; payload: "" } | { step: "done"; payload: string };
const OPEN: State = { step: "open", payload: "" };

/** Milliseconds. Well within the lifetime of a challenge; by then the work is done again, unseen. */
const FRESH_FOR = 20 * 60_000;

/**
 * "Saya bukan robot": ticking it has the browser do a second's work (altcha, from our own server). What does the work is
 * loaded with the tick, never with the page. A solution serves once, so after each post a new one is made while the tick stays.
 */
export function Captcha({ words, error, name = "captcha" }: CaptchaProps) {
  const [state, setState] = useState<State>(OPEN);
  const running = useRef<AbortController>(null);
  const tick = useRef<HTMLInputElement>(null);
  const hasScript = useHydrated();
  const { pending } = useFormStatus();
  const wasPending = useRef(false);

  const solve = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ step: "checking", payload: "" });
    try {
      const { solveCaptcha } = await import("./solve-captcha.ts");
      const payload = await solveCaptcha(controller);
      if (!controller.signal.aborted) setState({ step: "done", payload });
    } catch {
      if (!controller.signal.aborted) setState({ step: "failed", payload: "" });
    }
  }, []);

  useEffect(() => () => running.current?.abort(), []);

  const done = state.step === "done";
  useEffect(() => {
    if (wasPending.current && !pending && done) void solve();
    wasPending.current = pending;
  }, [pending, done, solve]);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => void solve(), FRESH_FOR);
    return () => clearTimeout(timer);
  }, [done, solve]);

  const ticked = state.step === "checking" || done;
  useResetsUndone(tick, ticked);
  useHeldPost(tick, state.step);

  function change(wanted: boolean) {
    if (wanted) return void solve();
    running.current?.abort();
    setState(OPEN);
  }

  return (
    <div className={`field${error ? " has-error" : ""}`}>
      {error && <FieldError id={name}>{error}</FieldError>}
      <noscript>
        <p className="hint">{words.notNeeded}</p>
      </noscript>
      <div className={`captcha ${hasScript ? "" : "needs-js"}`}>
        <label>
          <span className="box">
            <input
              ref={tick}
              type="checkbox"
              id={name}
              checked={ticked}
              aria-describedby={`${name}-state${error ? ` ${name}-error` : ""}`}
              aria-invalid={error ? true : undefined}
              onChange={(event) => change(event.currentTarget.checked)}
            />
            {state.step === "checking" && <i className="spin" />}
          </span>
          <span>{words.label}</span>
          <Icon name="shield" />
        </label>
        <p className={`state ${state.step}`} id={`${name}-state`} role="status">
          {state.step !== "open" && words[state.step]}
        </p>
        {state.step === "failed" && (
          <button type="button" className="btn btn-quiet" onClick={() => void solve()}>
            {words.retry}
          </button>
        )}
      </div>
      {hasScript && <input type="hidden" name={name} value={state.payload} readOnly />}
    </div>
  );
}

/** A form that was posted or reset clears its boxes behind React's back: put the tick where the state has it. */
function useResetsUndone(tick: RefObject<HTMLInputElement | null>, ticked: boolean) {
  useEffect(() => {
    const form = tick.current?.form;
    const restore = () =>
      setTimeout(() => {
        if (tick.current) tick.current.checked = ticked;
      });
    form?.addEventListener("reset", restore);
    return () => form?.removeEventListener("reset", restore);
  }, [tick, ticked]);
}

/** Somebody who presses the button while the work is still being done has it pressed for them once it is. */
function useHeldPost(tick: RefObject<HTMLInputElement | null>, step: State["step"]) {
  const held = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const form = tick.current?.form;
    if (step === "done" && held.current) form?.requestSubmit(held.current);
    held.current = null;
    if (step !== "checking") return;
    const hold = (event: SubmitEvent) => {
      event.preventDefault();
      event.stopPropagation();
      held.current = event.submitter;
    };
    form?.addEventListener("submit", hold);
    return () => form?.removeEventListener("submit", hold);
  }, [tick, step]);
}
