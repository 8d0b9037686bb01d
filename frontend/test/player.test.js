import assert from "node:assert/strict";
import { afterEach, describe, mock, test } from "node:test";
import { Player } from "../src/core/player.js";

describe("the player", () => {
  afterEach(() => mock.timers.reset());

  test("it goes on step by step and stops at the end", () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    let left = 3;
    const shown = /** @type {unknown[]} */ ([]);
    const player = new Player(
      (playing, sign) => shown.push([playing, sign]),
      () => {
        left -= 1;
        return left > 0;
      },
    );
    assert.equal(player.playing, false);
    player.start(1000);
    assert.equal(player.playing, true);
    mock.timers.tick(999);
    assert.equal(left, 3);
    mock.timers.tick(1);
    assert.equal(left, 2);
    for (let n = 0; n < 10; n += 1) mock.timers.tick(1000);
    assert.equal(left, 0);
    assert.equal(player.playing, false);
    assert.deepEqual(shown, [
      [false, "▶"],
      [true, "❚❚"],
      [false, "▶"],
    ]);
  });

  test("it can be stopped, and started anew at another pace", () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    let steps = 0;
    const player = new Player(
      () => {},
      () => {
        steps += 1;
        return true;
      },
    );
    player.start(1000);
    player.start(100);
    for (let n = 0; n < 10; n += 1) mock.timers.tick(100);
    assert.equal(steps, 10);
    player.stop();
    for (let n = 0; n < 10; n += 1) mock.timers.tick(100);
    assert.equal(steps, 10);
  });
});
