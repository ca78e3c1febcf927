#!/usr/bin/env python3
"""check_layers.py must refuse: each case is a small tree with one fault, and the line that it must say.

Usage: check_layers_test.py      (ctest runs it as `layers_refuse`)
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).with_name("check_layers.py")
TABLE = """# what may use what
harmonic_module(base LIBS Some::Thing)
harmonic_module(image USES base LIBS harmonic_opencv)
harmonic_module(face
  USES base image
  LIBS harmonic_opencv)
if(HARMONIC_TRAINER)
  harmonic_module(train USES base image)
endif()
"""
SOUND = {
    "modules.cmake": TABLE,
    "base/result.h": "#include <cstdint>\n#include <sys/types.h>\n#include <tl/expected.hpp>\n",
    "image/picture.h": '#include <vector>\n#include "base/result.h"\n',
    "image/picture.cpp": '#include "image/picture.h"\n#include <opencv2/core.hpp>\n',
    "face/finder.h": '#include "image/picture.h"\n',
    "train/data.cpp": '#include "image/picture.h"\n',
}


def check(files: dict[str, str]) -> subprocess.CompletedProcess:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        run = subprocess.run([sys.executable, TOOL, folder], capture_output=True, text=True)
        run.stderr = run.stderr.replace(folder + "/", "")
        return run


class Layers(unittest.TestCase):
    def refuse(self, changes: dict[str, str], *lines: str) -> None:
        run = check(SOUND | changes)
        self.assertNotEqual(run.returncode, 0, "accepted")
        self.assertEqual(run.stderr.strip().splitlines(), list(lines))

    def test_a_sound_tree_passes(self):
        run = check(SOUND)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_an_include_that_the_table_does_not_allow(self):
        self.refuse({"image/picture.cpp": '#include <vector>\n#include "face/finder.h"\n'},
                    "image/picture.cpp:2: image may not include face")
        self.refuse({"image/x_test.cpp": '  #  include  "train/data.h"\n'},
                    "image/x_test.cpp:1: image may not include train")

    def test_an_include_in_angle_brackets_hides_nothing(self):
        self.refuse({"image/picture.cpp": "#include <face/finder.h>\n"},
                    "image/picture.cpp:1: image may not include face")

    def test_a_way_around_the_include_root(self):
        self.refuse({"image/picture.cpp": '#include "../face/finder.h"\n'},
                    "image/picture.cpp:1: name the file from the include root, not \"../face/finder.h\"")
        self.refuse({"image/picture.cpp": '#include "picture.h"\n'},
                    "image/picture.cpp:1: name the file from the include root, not \"picture.h\"")

    def test_a_third_party_header_in_a_header(self):
        self.refuse({"image/picture.h": "#include <opencv2/core.hpp>\n"},
                    "image/picture.h:1: <opencv2/core.hpp> belongs into a .cpp file")
        self.refuse({"image/picture.h": "#pragma once\n#include <sqlite3.h>\n"},
                    "image/picture.h:2: <sqlite3.h> belongs into a .cpp file")

    def test_a_module_that_is_not_declared(self):
        self.refuse({"sound/x.cpp": "#include <vector>\n"},
                    "sound/x.cpp: sound is not declared in modules.cmake")
        self.refuse({"image/picture.cpp": '#include "sound/x.h"\n'},
                    "image/picture.cpp:1: there is no module sound")

    def test_a_file_outside_of_all_modules(self):
        self.refuse({"stray.cpp": "int x;\n"}, "stray.cpp: stray.cpp is not declared in modules.cmake")

    def test_a_table_out_of_order(self):
        late = TABLE.replace("harmonic_module(base LIBS Some::Thing)\n", "") + "harmonic_module(base)\n"
        self.refuse({"modules.cmake": late}, "modules.cmake: image uses ['base'], declared later or nowhere")
        itself = TABLE.replace("image USES base", "image USES base image")
        self.refuse({"modules.cmake": itself}, "modules.cmake: image uses ['image'], declared later or nowhere")
        twice = TABLE + "harmonic_module(image USES base)\n"
        self.refuse({"modules.cmake": twice}, "modules.cmake: image is declared twice")

    def test_an_empty_table(self):
        self.refuse({"modules.cmake": "# harmonic_module(base)\n"}, "modules.cmake declares no module")

    def test_every_fault_is_told_at_once(self):
        self.refuse({"image/a.cpp": '#include "face/finder.h"\n', "image/b.h": "#include <sqlite3.h>\n"},
                    "image/a.cpp:1: image may not include face",
                    "image/b.h:1: <sqlite3.h> belongs into a .cpp file")

    def test_cmake_refuses_the_wrong_order_too(self):
        """The build itself stops, so that the order is not left to this tool alone."""
        module = TOOL.parent.parent / "cmake" / "module.cmake"
        text = module.read_text()
        self.assertIn("if(NOT TARGET harmonic_${used})", text)
        self.assertIn("message(FATAL_ERROR", text)


if __name__ == "__main__":
    unittest.main()
