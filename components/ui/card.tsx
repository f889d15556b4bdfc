import type { ReactNode } from "react";

export type CardProps = { title?: ReactNode; action?: ReactNode; className?: string | undefined; children: ReactNode };

/** A title row with at most one action, then what the card is about. Never a card in a card. */
export function Card({ title, action, className, children }: CardProps) {
  return (
    <section className={`card${className ? ` ${className}` : ""}`}>
      {title && (
        <div className="card-head">
          <h2 className="h3">{title}</h2>
          {action}
        </div>
      )}
      {children}
    </section>
  );
}
