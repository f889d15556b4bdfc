import type { ReactNode } from "react";

type SignInPanelProps = {
  /** 640 px, for a choice or a success; a form is 512. */
  wide?: boolean;
  children: ReactNode;
  /** Quieter ways out, below the panel. */
  under?: ReactNode;
};

/** One centred panel; on a phone it fills the screen. */
export function SignInPanel({ wide, children, under }: SignInPanelProps) {
  return (
    <div className={`signin${wide ? "" : " slim"}`}>
      <div className="panel">{children}</div>
      {under && <div className="under">{under}</div>}
    </div>
  );
}
