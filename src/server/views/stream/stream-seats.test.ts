import fc from "fast-check";
import { expect, it } from "vitest";
import type { StreamSeat } from "../../ports/stream-seats";
import { createStreamSeats } from "./stream-seats";

const states = (seats: readonly StreamSeat[]): string =>
  seats.map(({ signal }) => (signal.aborted ? "ended" : "open")).join(" ");

it("the sixth stream of a user ends the oldest, and other users' go on", () => {
  const seats = createStreamSeats();
  const other = seats.take("other");
  const own = Array.from({ length: 7 }, () => seats.take("user"));
  expect(states(own)).toBe("ended ended open open open open open");
  expect(states([other])).toBe("open");
});

it("a stream that was left makes room, also when it is left twice or after it was ended", () => {
  const seats = createStreamSeats(2);
  const [first, second] = [seats.take("user"), seats.take("user")];
  first.leave();
  first.leave();
  const third = seats.take("user");
  expect(states([second, third])).toBe("open open");
  const fourth = seats.take("user");
  second.leave();
  expect(states([second, third, fourth])).toBe("ended open open");
});

it("never more than five of a user are open, and the newest always is", () => {
  const actions = fc.array(fc.oneof(fc.constant("open" as const), fc.nat(20)), { maxLength: 60 });
  fc.assert(
    fc.property(actions, (steps) => {
      const seats = createStreamSeats();
      const all: StreamSeat[] = [];
      const left = new Set<StreamSeat | undefined>();
      for (const step of steps) {
        if (step === "open") all.push(seats.take("user"));
        else all[step]?.leave();
        if (step !== "open") left.add(all[step]);
        const open = all.filter((seat) => !seat.signal.aborted && !left.has(seat));
        expect(open.length).toBeLessThanOrEqual(5);
        expect(step !== "open" || open.at(-1) === all.at(-1)).toBe(true);
      }
    }),
  );
});
