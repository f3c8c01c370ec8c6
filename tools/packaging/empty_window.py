"""An empty window, frozen beside the program: the least a start can cost on this machine."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
window.resize(900, 620)
window.show()
sys.exit(app.exec())
