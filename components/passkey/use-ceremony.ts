"use client";
import { type FormEvent, type RefObject, useCallback, useRef, useState } from "react";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { isForThePortal, type Trouble } from "./trouble.ts";
import { knowsPasskeys } from "./use-works.ts";

type Ceremony = {
  form: RefObject<HTMLFormElement | null>;
  /** The hidden field that carries the browser's answer. */
  credential: RefObject<HTMLInputElement | null>;
  asking: boolean;
  trouble: Trouble | null;
  /** Of the form: asks the browser first, and lets the post through once there is an answer. */
  onSubmit: (event: FormEvent) => void;
  /** Posts an answer that came by itself, from the identity field. */
  post: (answer: string) => void;
};

/**
 * A form whose button has the browser prove or make a passkey, and which then posts what came of it. Where the portal
 * wants something else first (a fresh proof, a new sign-in) it is posted empty, and the action leads there.
 */
export function useCeremony(
  ask: () => Promise<Result<string, Trouble>>,
  posting: boolean,
  onTrouble?: () => void,
): Ceremony {
  const form = useRef<HTMLFormElement>(null);
  const credential = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const passing = useRef(false);

  const post = useCallback((answer: string) => {
    if (!credential.current) return;
    credential.current.value = answer;
    passing.current = true;
    form.current?.requestSubmit();
  }, []);

  async function run() {
    setAsking(true);
    setTrouble(null);
    const answer = knowsPasskeys()
      ? // What asks is loaded only now, and may not come.
        await ask().catch(() => refuse<Trouble>("offline"))
      : refuse("unsupported");
    setAsking(false);
    if (answer.ok) return post(answer.value);
    if (isForThePortal(answer.error)) return post("");
    setTrouble(answer.error);
    onTrouble?.();
  }

  return {
    form,
    credential,
    asking,
    trouble,
    post,
    onSubmit: (event) => {
      if (passing.current) {
        passing.current = false;
        return;
      }
      event.preventDefault();
      if (!asking && !posting) void run();
    },
  };
}
