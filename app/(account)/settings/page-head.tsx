import type { ReactNode } from "react";

/** The heading of a page of the settings and the one line below it. */
export function PageHead({ heading, lead }: { heading: string; lead: ReactNode }) {
  return (
    <div className="page-head">
      <div>
        <h1>{heading}</h1>
        <p className="sub">{lead}</p>
      </div>
    </div>
  );
}
