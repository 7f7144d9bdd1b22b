"use client";

import { useState } from "react";
import { ApplyExits } from "~/components/steering/apply-exits";
import type { PositionView } from "~/contracts/position-view";
import { CloseDialog } from "./close-dialog";
import { MoveStopDialog } from "./move-stop-dialog";

type Asked = "close" | "move-stop";

/** Buttons for what an open position can be told. Each says what it will do before it is done. */
export const PositionActions = ({ position }: { readonly position: PositionView }) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <div className="flex flex-wrap gap-2">
      <button
        type="button"
        className="button"
        disabled={position.isClosing || position.stopLoss === null}
        onClick={() => setAsked("move-stop")}
      >
        Move stop
      </button>
      <ApplyExits botId={position.bot.id} positionId={position.id} isDisabled={position.isClosing} />
      <button type="button" className="button" disabled={position.isClosing} onClick={() => setAsked("close")}>
        Close
      </button>
      {asked === "close" && <CloseDialog position={position} onClose={close} />}
      {asked === "move-stop" && <MoveStopDialog position={position} onClose={close} />}
    </div>
  );
};
