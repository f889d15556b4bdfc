"use client";
import { type MouseEvent, type ReactNode, useEffect, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";

type DoneToastProps = { close: string; path: string; children: ReactNode };

/**
 * Closed by a link to the same page without the notice, so that it needs no script. With one it closes in place, and a
 * reload does not bring it back.
 */
export function DoneToast({ close, path, children }: DoneToastProps) {
  const [closed, setClosed] = useState(false);
  const [told, setTold] = useState(false);
  // Screen readers tell a status when its words change, not when the page comes with them: they are put in once more.
  useEffect(() => setTold(true), []);
  useEffect(() => {
    if (closed) window.history.replaceState(null, "", path);
  }, [closed, path]);
  if (closed) return null;
  const onClose = (press: MouseEvent) => {
    press.preventDefault();
    setClosed(true);
    document.getElementById("main")?.focus();
  };
  return (
    <div className="toast" role="status">
      <Icon name="tick-circle" className="i-ok" />
      <p key={told ? "told" : "sent"}>{children}</p>
      <a className="btn btn-quiet btn-s" href={path} onClick={onClose}>
        {close}
      </a>
    </div>
  );
}
