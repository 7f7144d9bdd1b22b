"use client";

import { useState } from "react";
import { ChangeAllotmentDialog } from "./change-allotment-dialog";

type ChangeAllotmentButtonProps = {
  readonly botId: string;
  readonly name: string;
  readonly children: React.ReactNode;
};

/** Opens the dialog that changes what a bot is allotted. */
export const ChangeAllotmentButton = ({ botId, name, children }: ChangeAllotmentButtonProps) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="link inline-flex min-h-6 items-center"
        aria-label={`Change the allotment of ${name}`}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {isOpen && <ChangeAllotmentDialog botId={botId} name={name} onClose={() => setOpen(false)} />}
    </>
  );
};
