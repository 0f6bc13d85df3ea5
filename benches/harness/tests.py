"""python3 -B -m unittest harness.tests, from benches/."""

import tempfile
import unittest
from pathlib import Path

from . import corpus, measure, table


class CorpusTest(unittest.TestCase):
    def built(self, seed, clean=False):
        with tempfile.TemporaryDirectory() as work:
            folder, lines = Path(work) / "folder", Path(work) / "one.jsonl"
            count = corpus.build(60_000, seed, clean, folder, lines)
            texts = [path.read_text(encoding="utf8") for path in sorted(folder.rglob("*.txt"))]
            self.assertEqual([count, count], [len(texts), len(lines.read_text(encoding="utf8").splitlines())])
            return texts

    def test_a_seed_gives_the_same_bytes_of_the_size_asked_for(self):
        first = self.built(1)
        self.assertEqual(first, self.built(1))
        self.assertNotEqual(first, self.built(2))
        self.assertAlmostEqual(60_000, sum(len(text.encode()) for text in first), delta=3_000)

    def test_clean_text_has_no_literal_and_no_turn_twice(self):
        text = "".join(self.built(1, clean=True))
        self.assertEqual([], [literal for literal in corpus.literals() if literal in text])
        turns = text.splitlines()
        self.assertEqual(len(turns), len(set(turns)))

    def test_one_staff_turn_in_many_is_banned(self):
        made = corpus.Corpus(1)
        turns = [said for _ in range(100) for _, said in made.conversation()]
        banned = sum(said in made.banned for said in turns)
        self.assertTrue(len(turns) / 2 / corpus.ONE_IN / 2 < banned < len(turns) / 2 / corpus.ONE_IN * 2, banned)

    def test_an_excerpt_is_whole_lines_with_the_banned_turn_in_the_middle(self):
        text = "坐席：一\n市民：二\n坐席：三\n市民：四\n"
        self.assertEqual("坐席：一\n市民：二\n", corpus.excerpt(text, 30))
        self.assertEqual("坐席：一\n坐席：喊\n市民：二\n", corpus.excerpt(text, 30, "喊"))


class MeasureTest(unittest.TestCase):
    def test_wall_and_peak_are_those_of_the_process(self):
        took = measure.run(["python3", "-c", "import time; held = b'x' * 90_000_000; time.sleep(0.3)"])
        self.assertTrue(0.3 < took["wall"] < 30, took)
        self.assertTrue(90e6 < took["peak"] < 130e6, took)
        self.assertLess(measure.floor(), 20e6)

    def test_a_code_that_is_not_allowed_fails_with_the_first_complaint(self):
        command = ["sh", "-c", "echo why >&2; exit 3"]
        with self.assertRaisesRegex(measure.Failed, "sh ended with 3: why"):
            measure.run(command)
        measure.run(command, allowed=(3,))

    def test_medians_of_rounds_and_the_one_that_fails_drops_out(self):
        walls = iter([3, 1, 2])

        def breaks():
            raise measure.Failed("broken")

        found, failed = measure.rounds({"good": lambda: {"wall": next(walls), "peak": 1}, "bad": breaks}, 3)
        self.assertEqual((2, {"bad": "broken"}), (found["good"]["wall"], failed))


class TableTest(unittest.TestCase):
    def test_chinese_is_two_columns_wide(self):
        drawn = table.table(["", "时间"], [["五心", "1"], ["rg", "10"]])
        self.assertEqual("|      | 时间 |\n|------|-----:|\n| 五心 |    1 |\n| rg   |   10 |", drawn)


if __name__ == "__main__":
    unittest.main()
