"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";

/** What `/api/session` answers; null once the session has ended. */
type End = { secondsLeft: number; why: "idle" | "overall" } | null;

type Words = Record<"heading" | "idle" | "overallHeading" | "overall" | "left" | "stay" | "close", string>;

/** `secondsLeft` as the page was made. */
type SessionWarningProps = { secondsLeft: number; words: Words };

/** Two minutes before (the design's figure): time to come back from the other window. */
const WARNED_BEFORE = 120;
const AGAIN_AFTER = 15;

async function ask(method: "GET" | "POST"): Promise<End> {
  const given = method === "POST" ? { headers: { "content-type": "application/json" }, body: "{}" } : {};
  const answer = await fetch("/api/session", { method, cache: "no-store", ...given });
  if (!answer.ok) throw new Error("The portal did not answer");
  return answer.json();
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/**
 * Warns before the session ends, and leaves a person's own page once it has. Other windows may have kept it alive, so
 * the portal is asked first; asking does not keep it alive, only the person does.
 */
export function SessionWarning({ secondsLeft, words }: SessionWarningProps) {
  const box = useRef<HTMLDialogElement>(null);
  const timer = useRef<number | undefined>(undefined);
  const closed = useRef(false);
  const [end, setEnd] = useState<NonNullable<End> | null>(null);

  const look = useCallback(async (method: "GET" | "POST" = "GET"): Promise<void> => {
    window.clearTimeout(timer.current);
    const again = (seconds: number) => {
      timer.current = window.setTimeout(look, seconds * 1_000);
    };
    try {
      const found = await ask(method);
      if (found === null) return window.location.reload();
      const isNear = found.secondsLeft <= WARNED_BEFORE;
      setEnd(isNear && !closed.current ? found : null);
      again(isNear ? found.secondsLeft + 1 : found.secondsLeft - WARNED_BEFORE);
    } catch {
      // Out of reach for a moment: nothing is known to have ended.
      again(AGAIN_AFTER);
    }
  }, []);

  useEffect(() => {
    timer.current = window.setTimeout(look, Math.max(0, secondsLeft - WARNED_BEFORE) * 1_000);
    // Timers stand still while a computer sleeps.
    const onSight = () => document.visibilityState === "visible" && look();
    document.addEventListener("visibilitychange", onSight);
    return () => {
      window.clearTimeout(timer.current);
      document.removeEventListener("visibilitychange", onSight);
    };
  }, [secondsLeft, look]);

  useEffect(() => {
    if (end && !box.current?.open) box.current?.showModal();
    if (!end) box.current?.close();
  }, [end]);

  const close = () => {
    closed.current = true;
    setEnd(null);
  };
  const isIdle = end?.why !== "overall";
  return (
    <dialog
      ref={box}
      className="ask"
      role="alertdialog"
      aria-labelledby="session-warning"
      aria-describedby="session-warning-text"
      onCancel={(cancel) => {
        cancel.preventDefault();
        if (isIdle) look("POST");
        else close();
      }}
    >
      {end && (
        <>
          <h2 id="session-warning">{isIdle ? words.heading : words.overallHeading}</h2>
          <p id="session-warning-text">{isIdle ? words.idle : words.overall}</p>
          <p className="ask-left">
            {words.left} <Ticking key={end.secondsLeft} seconds={end.secondsLeft} />
          </p>
          <div className="actions">
            {isIdle ? (
              <Button type="button" onClick={() => look("POST")}>
                {words.stay}
              </Button>
            ) : (
              <Button type="button" onClick={close}>
                {words.close}
              </Button>
            )}
          </div>
        </>
      )}
    </dialog>
  );
}

/** Seen, and not spoken each second. */
function Ticking({ seconds }: { seconds: number }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const start = performance.now();
    const tick = () => setLeft(Math.max(0, seconds - Math.floor((performance.now() - start) / 1_000)));
    const ticking = window.setInterval(tick, 1_000);
    return () => window.clearInterval(ticking);
  }, [seconds]);
  return (
    <strong role="timer" className="num">
      {clock(left)}
    </strong>
  );
}
