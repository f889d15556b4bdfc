import { Missing } from "#app/missing.tsx";

/** In production there is no visible mailbox. */
export default function NotFound() {
  return <Missing />;
}
