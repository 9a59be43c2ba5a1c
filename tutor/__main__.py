"""`python -m phase3_tutor`, also the way in which every child process is started."""

from phase3_tutor import main

main()
