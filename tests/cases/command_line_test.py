"""The program's manners: help, versions, exit codes."""
import unittest

from house import Case, harmonic

COMMANDS = ("serve", "scan", "hear", "see", "who", "recommend", "eval")


class CommandLine(Case):
    def test_help_names_every_command_and_each_shows_an_example(self):
        everything = harmonic("--help")
        self.assertEqual(everything.returncode, 0)
        for command in COMMANDS:
            self.assertIn(command, everything.stdout)
            one = harmonic(command, "--help")
            self.assertEqual(one.returncode, 0)
            self.assertRegex(one.stdout, rf"harmonic {command} ", f"{command} --help lacks an example")

    def test_version(self):
        run = harmonic("--version")
        self.assertEqual(run.returncode, 0)
        self.assertRegex(run.stdout, r"^\d+\.\d+\.\d+\n$")

    def test_exit_codes(self):
        absent = self.folder / "absent"
        for code, arguments in (
            (2, []),
            (2, ["sing"]),
            (2, ["see"]),
            (2, ["see", "--detector", "crystal-ball", absent]),
            (2, ["recommend", "--emotion", "hungry", "--data", self.data]),
            (2, ["recommend", "--valence", "nan", "--arousal", "0", "--data", self.data]),
            (4, ["see", absent]),
            (4, ["hear", absent]),
            (4, ["scan", absent, "--data", self.data]),
            (4, ["recommend", "--emotion", "happy", "--data", self.data]),
            (4, ["serve", "--music", absent, "--data", self.data, "--port", "0"]),
            (4, ["eval", "faces", "--data", absent]),
            (4, ["eval", "brief", "--data", absent]),
        ):
            with self.subTest(arguments=arguments):
                run = harmonic(*arguments)
                self.assertEqual(run.returncode, code, run.stdout + run.stderr)
                self.assertTrue(run.stderr.strip() or run.stdout.strip(), "says nothing")


if __name__ == "__main__":
    unittest.main()
