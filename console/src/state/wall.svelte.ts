/** Wall mode: the Atlas alone, for a screen that nobody touches. */
class Wall {
  on = $state(false);
}

export const wall = new Wall();
