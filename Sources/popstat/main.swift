print("popstat")
