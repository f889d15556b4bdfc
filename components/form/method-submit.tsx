"use client";
import { useFormStatus } from "react-dom";
import { MethodFace, type MethodLook, methodClass } from "../ui/method-card.tsx";

/** A method's card that sends its form. Refuses a second press; without JavaScript a plain submit button. */
export function MethodSubmit({ busy, ...look }: MethodLook & { busy: string }) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      className={methodClass(look.badge !== undefined)}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={(press) => pending && press.preventDefault()}
    >
      <MethodFace {...look} say={pending ? busy : look.say} />
    </button>
  );
}
